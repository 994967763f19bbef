package registration

import (
	"slices"
	"strings"

	"github.com/partnergraph/partnergraph/internal/network"
)

// Details are what an action comes with; each action looks at its own.
type Details struct {
	Version    int      // the version that was seen; needed but to create and by parties, who name the hash
	Content    *Content // to create and update
	Around     Around   // what the network knows of what the content names; nil to take ids as they are
	Duplicates []string // to submit: bases that are likely the same, as they were found
	Distinct   []string // to submit: those that the office says are others
	Code       string   // of the reason: see Reasons
	Reason     string
	Survivor   string            // to merge: the base that remains
	Overrides  map[string]string // to approve: why a rule of policy is let pass, by its code
	Rules      []Rule            // to approve: the rules of policy; Policies if nil
	Hash       string            // to approve as a party: of the content that was read
	Parties    []string          // to approve as a party: for whom; all of one's own if empty
	On         string            // to terminate: the day
	Placements []string          // to terminate: placements that go on after the day, as they were found
	Seen       []string          // to terminate: those that were seen
}

// try is an action that somebody tries.
type try struct {
	facts   Facts
	row     Transition
	actor   Actor
	details *Details // nil where it is only asked whether it could be done
	day     network.Day
}

// Guard is a condition of a row.
type Guard struct {
	Name  string
	Says  string
	check func(try) []Problem
}

func one(code Code, path []string, t text) []Problem { return []Problem{problem(code, path, t)} }

// Reasons are the codes of reasons that an action takes.
var Reasons = map[Action][]string{
	RequestChanges: {"INCOMPLETE", "INCORRECT", "EVIDENCE", "POLICY", "PARTY", "OTHER"},
	Reject:         {"NOT_ELIGIBLE", "UNSAFE", "POLICY", "FALSE", "OTHER"},
	Suspend:        {"INCIDENT", "INSURANCE", "OTHER"},
	Terminate:      {"AGREED", "BREACH", "UNSAFE", "CLOSED", "OTHER"},
}

// The guards. One that depends on details asks for nothing while there are none.
var (
	seenVersion = Guard{"SEEN_VERSION", "names the version that was seen, which is still the latest", func(t try) []Problem {
		if t.details == nil || t.details.Version == t.facts.Version {
			return nil
		}
		return one(VersionConflict, []string{"version"}, say("you saw version %d, and it is version %d by now: look at what changed, and try again", "您看到的是版本 %d，当前已是版本 %d：请查看变更后重试", t.details.Version, t.facts.Version))
	}}
	ownBase = Guard{"OWN_BASE", "an organisation of the actor's hosts or is served", func(t try) []Problem {
		if t.details == nil || t.details.Content == nil || t.actor.holds(t.details.Content.Parties()) {
			return nil
		}
		return one(NotYourBase, []string{"host", "organization"}, text{"none of your organisations hosts the base or is served by it: name one of them as host.organization or in serves.organizations", "您所属的单位既非依托单位也非服务对象：请在 host.organization 或 serves.organizations 中填写本单位"})
	}}
	wellFormed = Guard{"WELL_FORMED", "what the content holds is well-formed", func(t try) []Problem {
		if t.details == nil {
			return nil
		}
		if t.details.Content == nil {
			return one(Required, []string{"content"}, text{"the content is missing: give what the base is to be", "缺少内容：请提供基地内容"})
		}
		return CheckDraft(*t.details.Content, t.details.Around)
	}}
	complete = Guard{"COMPLETE", "every field that is needed is there, and well-formed", func(t try) []Problem {
		if t.details != nil {
			return CheckSubmit(*t.facts.Proposed, t.details.Around, t.day)
		}
		wrong := CheckSubmit(*t.facts.Proposed, nil, t.day)
		if len(wrong) == 0 {
			return nil
		}
		return one(Incomplete, wrong[0].Field, say("%d fields are missing or wrong, the first of them %s: %s", "%d 个字段缺失或有误，首先是 %s：%s", len(wrong), strings.Join(wrong[0].Field, "."), text{wrong[0].Message, wrong[0].MessageZh}))
	}}
	laterThanLive = Guard{"LATER", "a renewal ends later than what it follows", func(t try) []Problem {
		f := t.facts
		if !f.Renews || f.Proposed.Agreement.Ends().After(f.Current.Agreement.Ends().Time) {
			return nil
		}
		return one(NotLater, []string{"agreement", "validUntil"}, say("the new agreement ends on %s, not later than the one it follows: give its own dates", "新协议到期日 %s 不晚于原协议：请填写新协议的日期", f.Proposed.Agreement.ValidUntil))
	}}
	duplicatesAnswered = Guard{"DUPLICATES_ANSWERED", "of each likely duplicate the office says that it is another base", func(t try) []Problem {
		if t.details == nil {
			return nil
		}
		open := without(t.details.Duplicates, append(t.details.Distinct, t.facts.Distinct...))
		if len(open) == 0 {
			return nil
		}
		return one(Unanswered, []string{"distinct"}, say("this may be %s, which is registered already: look at it, and either name it in distinct because it is another base, or don't hand this one in", "可能与已登记的 %s 重复：请核对后在 distinct 中注明并非同一基地，或不再提交", strings.Join(open, ", ")))
	}}
	notOwnSubmission = Guard{"NOT_OWN_SUBMISSION", "the reviewer is nobody who handed it in", func(t try) []Problem {
		if !slices.Contains(t.facts.Submitters, t.actor.Subject) {
			return nil
		}
		return one(OwnSubmission, nil, text{"you handed this in, so somebody else reviews it", "该登记由您提交，须由他人审核"})
	}}
	reasonGiven = Guard{"REASON", "a code and a text say why", func(t try) []Problem {
		if t.details == nil {
			return nil
		}
		var out []Problem
		if codes := Reasons[t.row.Action]; !slices.Contains(codes, t.details.Code) {
			out = one(NoReason, []string{"code"}, say("the reason has no code: give one of %s", "缺少原因代码：应为 %s 之一", strings.Join(codes, ", ")))
		}
		if strings.TrimSpace(t.details.Reason) == "" {
			out = append(out, one(NoReason, []string{"reason"}, text{"the reason is missing: say why, in a sentence that the other side can act on", "缺少原因：请说明理由，便于对方处理"})...)
		}
		return out
	}}
	survivorNamed = Guard{"SURVIVOR", "the base that remains is named", func(t try) []Problem {
		if t.details == nil || IsBase(t.details.Survivor) {
			return nil
		}
		return one(NoSurvivor, []string{"survivor"}, text{"the base that remains is missing: give its id, which begins with bas_", "缺少保留的基地：请填写以 bas_ 开头的编号"})
	}}
	inspected = Guard{"INSPECTED", "the report of a site inspection is there", func(t try) []Problem {
		if t.facts.Proposed.Evidence.Inspection.Date != "" {
			return nil
		}
		return one(NoInspection, []string{"evidence", "inspection"}, text{"nobody has inspected the site: request changes, and have the report added", "缺少实地考察报告：请要求补充"})
	}}
	policiesMet = Guard{"POLICIES", "every rule of policy is met, or let pass with a reason if it only warns", func(t try) []Problem {
		if t.details == nil {
			return nil
		}
		return broken(Judge(t.details.rules(), *t.facts.Proposed, t.details.Around), t.details.Overrides)
	}}
	sameContent = Guard{"SAME_CONTENT", "names the hash of the content that was read, which is still the same", func(t try) []Problem {
		if t.details == nil || t.details.Hash == t.facts.Hash {
			return nil
		}
		return one(ContentChanged, []string{"hash"}, say("you read the content %s, and it is another by now: read it again, and approve what it says", "您阅读的内容 %s 已变更：请重新阅读后确认", shown(t.details.Hash)))
	}}
	notApprovedYet = Guard{"NOT_YET", "the party has not approved it before", func(t try) []Problem {
		if t.details != nil {
			if foreign := without(t.details.Parties, t.actor.of(t.facts.Parties())); len(foreign) > 0 {
				return one(NotAllowed, []string{"parties"}, say("%s is no party of yours: name one of %s", "%s 不是您所属的签约方：应为 %s 之一", strings.Join(foreign, ", "), strings.Join(t.actor.of(t.facts.Parties()), ", ")))
			}
		}
		if len(t.approving()) > 0 {
			return nil
		}
		return one(AlreadyApproved, nil, text{"you have approved this content already; the other parties have yet to", "您已确认该内容，尚待其他签约方确认"})
	}}
	allApproved = Guard{"ALL_APPROVED", "every party approved the same content, and its agreement is in force", func(t try) []Problem {
		if pending := t.facts.Pending(); len(pending) > 0 {
			return one(ApprovalsMissing, nil, say("%s has yet to approve", "%s 尚未确认", strings.Join(pending, ", ")))
		}
		if a := t.facts.Proposed.Agreement; !a.InForce(t.day) {
			return one(NotInForce, []string{"agreement"}, say("the agreement is in force from %s to %s", "协议有效期为 %s 至 %s", a.ValidFrom, a.ValidUntil))
		}
		return nil
	}}
	notEnding = Guard{"NOT_ENDING", "its end is not settled", func(t try) []Problem {
		if t.facts.Termination == "" {
			return nil
		}
		return one(EndsAlready, nil, say("the base ends on %s: nothing is changed before", "基地将于 %s 终止，此前不再变更", t.facts.Termination))
	}}
	notEnded = Guard{"NOT_ENDED", "the agreement has not ended", func(t try) []Problem {
		if t.day.Before(t.facts.Current.Agreement.Ends().Time) {
			return nil
		}
		return one(AgreementEnded, []string{"agreement", "validUntil"}, say("the agreement ended on %s: renew it", "协议已于 %s 到期：请续签", t.facts.Current.Agreement.Ends()))
	}}
	dayGiven = Guard{"DAY", "the day is named on which it ends", func(t try) []Problem {
		if t.details == nil {
			return nil
		}
		if on, err := network.ParseDay(t.details.On); err == nil && !on.Before(t.facts.Current.Agreement.Begins().Time) {
			return nil
		}
		return one(BadFormat, []string{"on"}, say("%s is no day on which it can end: give one from %s on, such as %s", "%s 不能作为终止日期：请填写 %s 及以后的日期，如 %s", shown(t.details.On), t.facts.Current.Agreement.Begins(), t.day))
	}}
	placementsSeen = Guard{"PLACEMENTS_SEEN", "the placements that go on after that day were seen", func(t try) []Problem {
		if t.details == nil {
			return nil
		}
		open := without(t.details.Placements, t.details.Seen)
		if len(open) == 0 {
			return nil
		}
		return one(PlacementsOpen, []string{"seen"}, say("placements go on after that day, %d of them: %s; end them first, or name them in seen", "该日期之后仍有 %d 项实习：%s；请先结束，或在 seen 中注明", len(open), strings.Join(open[:min(len(open), 10)], ", ")))
	}}
)

// IsBase tells whether an id is that of a base.
func IsBase(id string) bool { return strings.HasPrefix(id, "bas_") }

// without lists the ids that are not among others.
func without(ids, others []string) []string {
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return slices.Contains(others, id) })
}

func (d Details) rules() []Rule {
	if d.Rules == nil {
		return Policies
	}
	return d.Rules
}

// broken lists the rules that stand against an approval: those that nobody may override, and those that somebody could
// but didn't.
func broken(findings []Finding, overrides map[string]string) []Problem {
	var out []Problem
	for _, f := range findings {
		if f.Outcome == Passed {
			continue
		}
		found := text{f.Message, f.MessageZh}
		switch {
		case f.Rule.Severity == Block:
			out = append(out, problem(PolicyBroken, f.Field, say("%s %s This can't be overridden: request changes", "%s%s。不可放行：请要求修改", text{f.Rule.Text, f.Rule.TextZh}, found)))
		case strings.TrimSpace(overrides[f.Rule.Code]) == "":
			out = append(out, problem(PolicyBroken, f.Field, say("%s But %s: request changes, or let it pass by a reason in overrides under %s", "%s但%s：请要求修改，或在 overrides 的 %s 下说明放行理由", text{f.Rule.Text, f.Rule.TextZh}, found, f.Rule.Code)))
		}
	}
	return out
}
