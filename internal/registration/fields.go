package registration

// The longest texts: a name or number, a line, a paragraph.
const (
	short = 200
	line  = 500
	long  = 5000
)

var organizations = []string{"uni_", "sch_", "ent_", "res_", "gov_", "asc_", "all_"}

// Fields is every field of a Content, group by group. Nothing else says what a field may hold.
var Fields = Field{Kind: Object, Required: true, Fields: []Field{
	{Name: "identity", Kind: Object, Required: true, Label: "Identity", LabelZh: "基本信息", Fields: []Field{
		{Name: "name", Kind: Text, Most: short, Required: true, Label: "Name", LabelZh: "名称"},
		{Name: "nameZh", Kind: Text, Most: short, Label: "Chinese name", LabelZh: "中文名称"},
		{Name: "aliases", List: 20, Kind: Text, Most: short, Label: "Other names", LabelZh: "别名"},
		{Name: "level", Kind: Choice, Choices: []string{"SCHOOL", "UNIVERSITY", "PROVINCIAL", "NATIONAL"}, Required: true, Label: "Level", LabelZh: "级别"},
		{Name: "place", Kind: ID, Choices: []string{"loc_"}, Required: true, Label: "Place", LabelZh: "所在地"},
		{Name: "address", Kind: Text, Most: line, Required: true, Label: "Address", LabelZh: "详细地址"},
		{Name: "position", Kind: Object, Label: "Position", LabelZh: "坐标", Fields: []Field{
			{Name: "latitude", Kind: Decimal, Least: -90, Most: 90, Required: true, Label: "Latitude", LabelZh: "纬度"},
			{Name: "longitude", Kind: Decimal, Least: -180, Most: 180, Required: true, Label: "Longitude", LabelZh: "经度"},
		}},
	}},
	{Name: "host", Kind: Object, Required: true, Label: "Host", LabelZh: "依托单位", Fields: []Field{
		{Name: "organization", Kind: ID, Choices: organizations, Required: true, Label: "Host", LabelZh: "依托单位"},
		{Name: "creditCode", Kind: CodeOfCN, Label: "Credit code of the host", LabelZh: "依托单位统一社会信用代码"},
		{Name: "headcount", Kind: Whole, Least: 1, Most: 10_000_000, Label: "Employees on post", LabelZh: "在岗职工人数"},
	}},
	{Name: "serves", Kind: Object, Required: true, Label: "Serves", LabelZh: "服务对象", Fields: []Field{
		{Name: "organizations", List: 200, Kind: ID, Choices: []string{"uni_", "sch_", "all_"}, Required: true, Label: "Universities, schools and alliances served", LabelZh: "服务的学校、院系或联盟"},
		{Name: "lead", Kind: ID, Choices: []string{"uni_", "sch_", "all_"}, Required: true, Label: "Lead", LabelZh: "牵头单位"},
		{Name: "disciplines", List: 200, Key: "discipline", Kind: Object, Required: true, Label: "Disciplines", LabelZh: "专业", Fields: []Field{
			{Name: "discipline", Kind: ID, Choices: []string{"dis_"}, Required: true, Label: "Discipline", LabelZh: "专业"},
			{Name: "places", Kind: Whole, Least: 1, Most: 100_000, Required: true, Label: "Places a year", LabelZh: "每年接收人数"},
			{Name: "posts", List: 50, Key: "name", Kind: Object, Label: "Posts", LabelZh: "岗位", Fields: []Field{
				{Name: "name", Kind: Text, Most: short, Required: true, Label: "Post", LabelZh: "岗位名称"},
				{Name: "headcount", Kind: Whole, Least: 1, Most: 10_000_000, Required: true, Label: "Employees on the post", LabelZh: "岗位在岗人数"},
				{Name: "places", Kind: Whole, Least: 1, Most: 100_000, Label: "Places on the post", LabelZh: "岗位接收人数"},
			}},
			{Name: "minWeeks", Kind: Whole, Least: 1, Most: 520, Label: "Least weeks", LabelZh: "最少周数"},
			{Name: "maxWeeks", Kind: Whole, Least: 1, Most: 520, Label: "Most weeks", LabelZh: "最多周数"},
		}},
	}},
	{Name: "people", Kind: Object, Required: true, Label: "People", LabelZh: "人员", Fields: []Field{
		side("host", "host", "依托单位"),
		side("school", "school", "学校"),
		{Name: "mentors", List: 200, Kind: Object, Label: "Mentors", LabelZh: "指导教师", Fields: []Field{
			{Name: "side", Kind: Choice, Choices: []string{"HOST", "SCHOOL"}, Required: true, Label: "Side", LabelZh: "所属方"},
			{Name: "name", Kind: Text, Most: short, Required: true, Label: "Mentor", LabelZh: "指导教师姓名"},
			{Name: "title", Kind: Text, Most: short, Label: "Title", LabelZh: "职务"},
		}},
	}},
	{Name: "conditions", Kind: Object, Required: true, Label: "Conditions", LabelZh: "条件", Fields: []Field{
		{Name: "lodging", Kind: Text, Most: long, Label: "Lodging", LabelZh: "住宿"},
		{Name: "meals", Kind: Text, Most: long, Label: "Meals", LabelZh: "餐饮"},
		{Name: "pay", Kind: Text, Most: long, Label: "Pay", LabelZh: "报酬"},
		{Name: "hoursPerDay", Kind: Whole, Least: 1, Most: 24, Label: "Working hours a day", LabelZh: "每日工时"},
		{Name: "hoursPerWeek", Kind: Whole, Least: 1, Most: 168, Label: "Working hours a week", LabelZh: "每周工时"},
		{Name: "nightWork", Kind: YesNo, Label: "Night work", LabelZh: "夜班"},
		{Name: "hazards", List: 50, Kind: Text, Most: short, Label: "Hazards", LabelZh: "危险因素"},
		{Name: "minors", Kind: YesNo, Label: "Takes minors", LabelZh: "接收未成年学生"},
		{Name: "safetyTraining", Kind: Text, Most: long, Required: true, Label: "Safety training", LabelZh: "安全培训"},
		{Name: "emergencyPlan", Kind: Text, Most: long, Required: true, Label: "Emergency plan", LabelZh: "应急预案"},
	}},
	{Name: "agreement", Kind: Object, Required: true, Label: "Agreement", LabelZh: "协议", Fields: []Field{
		{Name: "kind", Kind: Choice, Choices: []string{"FRAMEWORK", "COOPERATION", "LETTER_OF_INTENT", "INITIATIVE", "BASE"}, Required: true, Label: "Kind of agreement", LabelZh: "协议类型"},
		{Name: "number", Kind: Text, Most: short, Label: "Number of the agreement", LabelZh: "协议编号"},
		{Name: "parties", List: 200, Kind: ID, Choices: organizations, Required: true, Label: "Parties", LabelZh: "签约方"},
		{Name: "signedOn", Kind: Date, Required: true, Label: "Signed on", LabelZh: "签订日期"},
		{Name: "validFrom", Kind: Date, Required: true, Label: "Valid from", LabelZh: "生效日期"},
		{Name: "validUntil", Kind: Date, Required: true, Label: "Valid until", LabelZh: "到期日期"},
		{Name: "fileHash", Kind: SHA256, Label: "SHA-256 of the signed file", LabelZh: "协议文件哈希（SHA-256）"},
		{Name: "threeParty", Kind: YesNo, Label: "Three-party agreement with each student on post", LabelZh: "与每名岗位实习学生签订三方协议"},
	}},
	{Name: "insurance", Kind: Object, Label: "Insurance", LabelZh: "保险", Fields: []Field{
		{Name: "payer", Kind: Choice, Choices: []string{"HOST", "SCHOOL", "BOTH", "STUDENT"}, Label: "Who pays the insurance", LabelZh: "保险缴费方"},
		{Name: "policy", Kind: Text, Most: short, Label: "Number of the policy", LabelZh: "保单号"},
		{Name: "coverFrom", Kind: Date, Label: "Cover from", LabelZh: "保险起期"},
		{Name: "coverUntil", Kind: Date, Label: "Cover until", LabelZh: "保险止期"},
	}},
	{Name: "evidence", Kind: Object, Required: true, Label: "Evidence", LabelZh: "佐证材料", Fields: []Field{
		{Name: "inspection", Kind: Object, Required: true, Label: "Site inspection", LabelZh: "实地考察", Fields: []Field{
			{Name: "date", Kind: Date, Required: true, Label: "Day of the inspection", LabelZh: "考察日期"},
			{Name: "inspector", Kind: Text, Most: short, Required: true, Label: "Inspector", LabelZh: "考察人"},
			{Name: "findings", Kind: Text, Most: long, Required: true, Label: "Findings", LabelZh: "考察结论"},
		}},
		{Name: "sources", List: 100, Kind: ID, Choices: []string{"src_"}, Label: "Sources", LabelZh: "来源"},
	}},
}}

func side(name, en, zh string) Field {
	return Field{Name: name, Kind: Object, Required: true, Label: "People of the " + en, LabelZh: zh + "人员", Fields: []Field{
		person("responsible", "Responsible person of the "+en, zh+"负责人"),
		person("contact", "Contact of the "+en, zh+"联系人"),
	}}
}

func person(name, en, zh string) Field {
	return Field{Name: name, Kind: Object, Required: true, Label: en, LabelZh: zh, Fields: []Field{
		{Name: "name", Kind: Text, Most: short, Required: true, Label: en, LabelZh: zh + "姓名"},
		{Name: "title", Kind: Text, Most: short, Label: en + ": title", LabelZh: zh + "职务"},
		{Name: "phone", Kind: Text, Most: 50, Label: en + ": telephone", LabelZh: zh + "电话"},
		{Name: "email", Kind: Email, Most: short, Label: en + ": e-mail", LabelZh: zh + "邮箱"},
	}}
}
