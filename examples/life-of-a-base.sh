#!/bin/sh
# The whole life of a practice base, from its draft to its end, played with curl alone by each of those who have a part in
# it: the office of its host, the office of the university that it serves, a reviewer, and the public.
#
#   make run                        (in another terminal: a server for development)
#   examples/life-of-a-base.sh
#
# Settings: SERVER, by default http://localhost:8080; PARTNERGRAPH, the program that makes tokens for development.
set -eu
server=${SERVER:-http://localhost:8080}
program=${PARTNERGRAPH:-bin/partnergraph}

host=ent_alibaba
university=uni_bohai-university
of_host=$("$program" token --subject host --role office --organization "$host")
of_university=$("$program" token --subject university --role office --organization "$university")
of_reviewer=$("$program" token --subject reviewer --role reviewer --reviews "$university")
nobody=

# ask TOKEN OPERATION: sends an operation of one line and gives the answer; one with errors ends the play.
ask() {
	body=$(printf '%s' "$2" | tr '\n\t' '  ' | sed 's/\\/\\\\/g; s/"/\\"/g')
	for try in 1 2 3 4 5; do # a database that has just started may take too long at first; then nothing was done
		answer=$(curl -sS "$server/graphql" -H 'Content-Type: application/json' ${1:+-H "Authorization: Bearer $1"} --data "{\"query\": \"$body\"}")
		case $answer in *'"code":"TIMEOUT"'*) sleep "$try" ;; *) break ;; esac
	done
	case $answer in
	*'"errors":'* | *'"userErrors":[{'*)
		printf 'refused: %s\n' "$answer" >&2
		exit 1
		;;
	esac
	printf '%s' "$answer"
}

# part NAME: what the answer on the standard input has under a name.
part() { sed -n "s/.*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/p"; }

# does TOKEN ACTION MORE: takes an action with the base, as its version stands.
does() {
	answer=$(ask "$1" "mutation { done: practiceBase$2(input: {id: \"$base\", version: $version${3:+, $3}}) { registration { status version contentHash } userErrors { message } } }")
	version=$(printf '%s' "$answer" | part version)
	hash=$(printf '%s' "$answer" | part contentHash)
	printf '%-16s %s\n' "$2" "$(printf '%s' "$answer" | part status)"
}

# agrees TOKEN: approves as a party what was read, known by its hash.
agrees() {
	answer=$(ask "$1" "mutation { done: practiceBasePartyApprove(input: {id: \"$base\", hash: \"$hash\"}) { registration { status version } userErrors { message } } }")
	version=$(printf '%s' "$answer" | part version)
	printf '%-16s %s\n' PartyApprove "$(printf '%s' "$answer" | part status)"
}

# The office of the host writes down what it knows. Nobody else sees a draft but the office of whom it serves.
answer=$(ask "$of_host" "mutation { done: practiceBaseCreate(input: {content: {identity: {name: \"Cloud practice base\"}, host: {organization: \"$host\"}}}) { practiceBase { id } registration { status version } userErrors { message } } }")
base=$(printf '%s' "$answer" | part id)
version=$(printf '%s' "$answer" | part version)
printf '%-16s %s\n' Create "$(printf '%s' "$answer" | part status)"

from=$(date -u +%Y)
does "$of_host" Update "content: {
  identity: {nameZh: \"云计算实践基地\", level: UNIVERSITY, place: \"loc_china\", address: \"1 Example Road\"}
  host: {creditCode: \"91330100716105852F\", headcount: 500}
  serves: {organizations: [\"$university\"], lead: \"$university\", disciplines: [{discipline: \"dis_artificial-intelligence\", places: 20, minWeeks: 8, maxWeeks: 24}]}
  people: {
    host: {responsible: {name: \"Wang Wei\", phone: \"+86 571 0000\"}, contact: {name: \"Li Na\", email: \"base@example.com\"}}
    school: {responsible: {name: \"Zhao Min\", phone: \"+86 416 0000\"}, contact: {name: \"Sun Yu\", email: \"office@example.edu.cn\"}}
  }
  conditions: {hoursPerDay: 8, hoursPerWeek: 40, nightWork: false, hazards: [], minors: false, safetyTraining: \"Two days before work begins\", emergencyPlan: \"Kept at the gate\"}
  agreement: {kind: BASE, number: \"PB-1\", parties: [\"$host\", \"$university\"], signedOn: \"$from-01-01\", validFrom: \"$from-01-01\", validUntil: \"$((from + 3))-01-01\", threeParty: true}
  insurance: {payer: HOST, policy: \"P-1\", coverFrom: \"$from-01-01\", coverUntil: \"$((from + 3))-01-01\"}
  evidence: {inspection: {date: \"$from-01-01\", inspector: \"Zhao Min\", findings: \"Safe and fit\"}}
}"
does "$of_host" Submit

# A reviewer takes it up, returns it once, and approves it.
does "$of_reviewer" StartReview
does "$of_reviewer" RequestChanges 'code: "INCOMPLETE", reason: "Say where students live"'
does "$of_host" Update 'content: {conditions: {lodging: "Two to a room, on site"}}'
does "$of_host" Submit
does "$of_reviewer" StartReview
does "$of_reviewer" Approve

# Both parties approve the same content; with the last one the base is open, and everybody sees it.
agrees "$of_host"
agrees "$of_university"
ask "$nobody" "{ practiceBase(id: \"$base\") { name status places host { name } universities { nodes { name } } } }"
echo

# A change: what was approved stays until the new is approved by the same parties.
does "$of_university" Amend
does "$of_university" Update 'content: {serves: {disciplines: [{discipline: "dis_artificial-intelligence", places: 30, minWeeks: 8, maxWeeks: 24}]}}'
does "$of_university" Submit
does "$of_reviewer" StartReview
does "$of_reviewer" Approve
agrees "$of_host"
agrees "$of_university"

# An incident closes it for a time, and the end comes on a day.
does "$of_reviewer" Suspend 'code: "INCIDENT", reason: "A fire in the canteen"'
does "$of_reviewer" Resume
does "$of_reviewer" Terminate "on: \"$(date -u +%Y-%m-%d)\", code: \"AGREED\", reason: \"Both sides agreed\""

# Who did what stays on record.
ask "$of_reviewer" "{ registration(practiceBase: \"$base\") { history { at operation by } } }"
echo
