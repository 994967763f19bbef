package synthetic

// field is a class of disciplines, and what a school is named after.
type field struct {
	name
	category int // in categories
	majors   [4]name
}

var categories = []name{
	{"Engineering", "工学"}, {"Science", "理学"}, {"Medicine", "医学"}, {"Management", "管理学"},
	{"Economics", "经济学"}, {"Agriculture", "农学"}, {"Education", "教育学"}, {"Arts", "艺术学"},
}

var fields = []field{
	{name{"Mechanical Engineering", "机械工程"}, 0, [4]name{{"Mechanical Design", "机械设计"}, {"Vehicle Engineering", "车辆工程"}, {"Mechatronics", "机械电子工程"}, {"Intelligent Manufacturing", "智能制造"}}},
	{name{"Computer Science", "计算机科学"}, 0, [4]name{{"Software Engineering", "软件工程"}, {"Network Engineering", "网络工程"}, {"Information Security", "信息安全"}, {"Artificial Intelligence", "人工智能"}}},
	{name{"Electrical Engineering", "电气工程"}, 0, [4]name{{"Power Systems", "电力系统"}, {"Automation", "自动化"}, {"Smart Grids", "智能电网"}, {"Electrical Machines", "电机"}}},
	{name{"Civil Engineering", "土木工程"}, 0, [4]name{{"Structural Engineering", "结构工程"}, {"Bridge Engineering", "桥梁工程"}, {"Construction Management", "工程管理"}, {"Geomatics", "测绘工程"}}},
	{name{"Materials Engineering", "材料工程"}, 0, [4]name{{"Metallic Materials", "金属材料"}, {"Polymers", "高分子材料"}, {"Composite Materials", "复合材料"}, {"Nanomaterials", "纳米材料"}}},
	{name{"Electronic Information", "电子信息"}, 0, [4]name{{"Communication Engineering", "通信工程"}, {"Microelectronics", "微电子"}, {"Optoelectronics", "光电信息"}, {"Integrated Circuits", "集成电路"}}},
	{name{"Chemical Engineering", "化学工程"}, 0, [4]name{{"Process Engineering", "过程工程"}, {"Pharmaceutical Engineering", "制药工程"}, {"Energy Chemistry", "能源化学"}, {"Fine Chemicals", "精细化工"}}},
	{name{"Transport Engineering", "交通运输工程"}, 0, [4]name{{"Traffic Engineering", "交通工程"}, {"Rail Transport", "轨道交通"}, {"Shipping Technology", "航海技术"}, {"Aviation Technology", "飞行技术"}}},
	{name{"Environmental Engineering", "环境工程"}, 0, [4]name{{"Water Treatment", "水处理"}, {"Environmental Monitoring", "环境监测"}, {"Resource Recycling", "资源循环"}, {"Ecological Engineering", "生态工程"}}},
	{name{"Mathematics", "数学"}, 1, [4]name{{"Applied Mathematics", "应用数学"}, {"Statistics", "统计学"}, {"Computational Mathematics", "计算数学"}, {"Data Science", "数据科学"}}},
	{name{"Physics", "物理学"}, 1, [4]name{{"Applied Physics", "应用物理"}, {"Optics", "光学"}, {"Acoustics", "声学"}, {"Nuclear Physics", "核物理"}}},
	{name{"Chemistry", "化学"}, 1, [4]name{{"Applied Chemistry", "应用化学"}, {"Analytical Chemistry", "分析化学"}, {"Organic Chemistry", "有机化学"}, {"Physical Chemistry", "物理化学"}}},
	{name{"Biological Sciences", "生物科学"}, 1, [4]name{{"Genetics", "遗传学"}, {"Microbiology", "微生物学"}, {"Bioinformatics", "生物信息学"}, {"Ecology", "生态学"}}},
	{name{"Clinical Medicine", "临床医学"}, 2, [4]name{{"Internal Medicine", "内科学"}, {"Surgery", "外科学"}, {"Paediatrics", "儿科学"}, {"Medical Imaging", "医学影像学"}}},
	{name{"Pharmacy", "药学"}, 2, [4]name{{"Clinical Pharmacy", "临床药学"}, {"Pharmacology", "药理学"}, {"Chinese Materia Medica", "中药学"}, {"Drug Analysis", "药物分析"}}},
	{name{"Nursing", "护理学"}, 2, [4]name{{"Clinical Nursing", "临床护理"}, {"Community Nursing", "社区护理"}, {"Midwifery", "助产学"}, {"Rehabilitation", "康复学"}}},
	{name{"Business Administration", "工商管理"}, 3, [4]name{{"Marketing", "市场营销"}, {"Accounting", "会计学"}, {"Human Resources", "人力资源管理"}, {"Tourism Management", "旅游管理"}}},
	{name{"Logistics Management", "物流管理"}, 3, [4]name{{"Supply Chains", "供应链管理"}, {"Procurement", "采购管理"}, {"Warehouse Engineering", "仓储工程"}, {"Cold Chains", "冷链物流"}}},
	{name{"Finance", "金融学"}, 4, [4]name{{"Banking", "银行学"}, {"Insurance", "保险学"}, {"Investment", "投资学"}, {"Financial Technology", "金融科技"}}},
	{name{"International Trade", "国际贸易"}, 4, [4]name{{"Trade in Services", "服务贸易"}, {"Electronic Commerce", "电子商务"}, {"Customs", "海关管理"}, {"World Economy", "世界经济"}}},
	{name{"Agronomy", "农学"}, 5, [4]name{{"Crop Science", "作物学"}, {"Horticulture", "园艺学"}, {"Plant Protection", "植物保护"}, {"Seed Science", "种子科学"}}},
	{name{"Food Science", "食品科学"}, 5, [4]name{{"Food Safety", "食品安全"}, {"Food Engineering", "食品工程"}, {"Nutrition", "营养学"}, {"Brewing", "酿酒工程"}}},
	{name{"Teacher Education", "教师教育"}, 6, [4]name{{"Preschool Education", "学前教育"}, {"Primary Education", "小学教育"}, {"Educational Technology", "教育技术"}, {"Special Education", "特殊教育"}}},
	{name{"Design", "设计学"}, 7, [4]name{{"Industrial Design", "工业设计"}, {"Visual Communication", "视觉传达"}, {"Environmental Design", "环境设计"}, {"Digital Media", "数字媒体"}}},
}

// How the disciplines are numbered: categories, then fields, then the majors of each field.
func fieldDiscipline(f int) int        { return len(categories) + f }
func majorDiscipline(f, major int) int { return len(categories) + len(fields) + 4*f + major }

var disciplineCount = majorDiscipline(len(fields), 0)
