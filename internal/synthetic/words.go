package synthetic

// name is a name in both languages; the two say the same.
type name struct{ en, zh string }

// The syllables that names of places are put together from. A place of that name may exist; it isn't meant.
var (
	firstOfPlace = []name{
		{"Yun", "云"}, {"Lin", "临"}, {"Hai", "海"}, {"Jiang", "江"}, {"An", "安"}, {"Qing", "青"}, {"Nan", "南"}, {"Dong", "东"},
		{"Xi", "西"}, {"Bei", "北"}, {"Long", "龙"}, {"Feng", "凤"}, {"Jin", "金"}, {"Yu", "玉"}, {"Lan", "兰"}, {"Song", "松"},
		{"Mei", "梅"}, {"Zhu", "竹"}, {"Hu", "湖"}, {"Ming", "明"}, {"Xin", "新"}, {"Yong", "永"}, {"Ning", "宁"}, {"Tai", "泰"},
	}
	lastOfCity = []name{
		{"zhou", "州"}, {"yang", "阳"}, {"cheng", "城"}, {"ling", "陵"}, {"chuan", "川"}, {"shan", "山"}, {"he", "河"}, {"gang", "港"},
		{"xi", "溪"}, {"yuan", "原"}, {"ping", "平"}, {"ze", "泽"}, {"feng", "峰"}, {"pu", "浦"}, {"bin", "滨"}, {"tian", "田"},
	}
	firstOfProvince = []name{{"Yun", "云"}, {"Hai", "海"}, {"Jiang", "江"}, {"Ling", "岭"}, {"Hu", "湖"}, {"Chuan", "川"}, {"He", "河"}, {"Song", "松"}}
	lastOfProvince  = []name{{"dong", "东"}, {"xi", "西"}, {"zhong", "中"}}
	regions         = []name{{"Coastal Region", "沿海地区"}, {"Inland Region", "内陆地区"}, {"River Delta Region", "三角洲地区"}}
	districts       = []name{{"Binjiang", "滨江"}, {"Chengdong", "城东"}, {"Gaoxin", "高新"}, {"Hubin", "湖滨"}, {"Chengnan", "城南"}}
	venues          = []name{{"International Conference Centre", "国际会议中心"}, {"Science Hall", "科学会堂"}, {"Exhibition Centre", "会展中心"}}
)

var universityForms = []name{
	{"University", "大学"}, {"University of Technology", "理工大学"}, {"Normal University", "师范大学"},
	{"Medical University", "医科大学"}, {"Agricultural University", "农业大学"}, {"Vocational and Technical College", "职业技术学院"},
	{"University of Finance and Economics", "财经大学"}, {"Polytechnic", "职业学院"}, {"Institute of Engineering", "工程学院"},
	{"University of Science and Technology", "科技大学"}, {"University of Posts and Telecommunications", "邮电大学"},
	{"Maritime University", "海事大学"}, {"University of Traditional Chinese Medicine", "中医药大学"}, {"Forestry University", "林业大学"},
	{"Transport University", "交通大学"}, {"University of the Arts", "艺术大学"},
}

var vocational = map[string]bool{"Vocational and Technical College": true, "Polytechnic": true}

// The syllables of brands.
var (
	firstOfBrand = []name{
		{"Heng", "恒"}, {"Rui", "瑞"}, {"Hua", "华"}, {"Zhong", "中"}, {"Tian", "天"}, {"Jia", "嘉"}, {"Hong", "宏"}, {"Li", "立"},
		{"Xing", "星"}, {"Bo", "博"}, {"Guang", "光"}, {"Ke", "科"}, {"Zhi", "智"}, {"Lian", "联"}, {"Qi", "启"}, {"Sheng", "盛"},
	}
	lastOfBrand = []name{
		{"tong", "通"}, {"da", "达"}, {"xin", "信"}, {"yuan", "源"}, {"tai", "泰"}, {"feng", "丰"}, {"wei", "维"}, {"chen", "辰"},
		{"xiang", "翔"}, {"ming", "明"}, {"chuang", "创"}, {"rong", "荣"}, {"long", "隆"}, {"hui", "汇"}, {"mai", "迈"}, {"ke", "科"},
	}
)

// branch is a branch of industry and the trades in it.
type branch struct {
	name
	trades []name
}

var branches = []branch{
	{name{"Manufacturing", "制造业"}, []name{{"Robotics", "机器人"}, {"Machinery", "机械"}, {"Precision Instruments", "精密仪器"}, {"Automotive Parts", "汽车零部件"}}},
	{name{"Information Technology", "信息技术"}, []name{{"Software", "软件"}, {"Semiconductors", "半导体"}, {"Cloud Computing", "云计算"}, {"Communications", "通信"}}},
	{name{"Energy", "能源"}, []name{{"New Energy", "新能源"}, {"Power Grid", "电网"}, {"Batteries", "电池"}}},
	{name{"Health", "医药健康"}, []name{{"Pharmaceuticals", "制药"}, {"Medical Devices", "医疗器械"}, {"Biotechnology", "生物技术"}}},
	{name{"Construction", "建筑业"}, []name{{"Construction", "建筑工程"}, {"Building Materials", "建材"}, {"Surveying", "测绘"}}},
	{name{"Transport and Logistics", "交通物流"}, []name{{"Logistics", "物流"}, {"Rail Equipment", "轨道装备"}, {"Shipping", "航运"}}},
	{name{"Finance and Services", "金融与服务业"}, []name{{"Securities", "证券"}, {"Accounting", "会计服务"}, {"Culture and Media", "文化传媒"}}},
	{name{"Agriculture and Food", "农业与食品"}, []name{{"Seeds", "种业"}, {"Food", "食品"}, {"Aquaculture", "水产"}}},
}

// The parts of people's names; the given names of one or two syllables.
var (
	surnames = []name{
		{"Wang", "王"}, {"Li", "李"}, {"Zhang", "张"}, {"Liu", "刘"}, {"Chen", "陈"}, {"Yang", "杨"}, {"Huang", "黄"}, {"Zhao", "赵"},
		{"Wu", "吴"}, {"Zhou", "周"}, {"Xu", "徐"}, {"Sun", "孙"}, {"Ma", "马"}, {"Zhu", "朱"}, {"Hu", "胡"}, {"Guo", "郭"},
		{"He", "何"}, {"Lin", "林"}, {"Gao", "高"}, {"Luo", "罗"}, {"Zheng", "郑"}, {"Liang", "梁"}, {"Xie", "谢"}, {"Song", "宋"},
		{"Tang", "唐"}, {"Deng", "邓"}, {"Han", "韩"}, {"Feng", "冯"}, {"Cao", "曹"}, {"Peng", "彭"}, {"Pan", "潘"}, {"Yuan", "袁"},
	}
	givenFirst = []name{
		{"Xiao", "晓"}, {"Jia", "佳"}, {"Zi", "子"}, {"Yu", "雨"}, {"Hao", "浩"}, {"Si", "思"}, {"Jun", "俊"}, {"Xin", "欣"},
		{"Wen", "文"}, {"Zhi", "志"}, {"Ya", "雅"}, {"Bo", "博"}, {"Shi", "诗"}, {"Tian", "天"}, {"Mei", "美"}, {"Guo", "国"},
		{"Jing", "静"}, {"Rui", "瑞"}, {"Yi", "怡"}, {"Ming", "明"}, {"Chun", "春"}, {"Hong", "红"}, {"Jian", "建"}, {"Li", "丽"},
	}
	givenLast = []name{
		{"ming", "明"}, {"hua", "华"}, {"wei", "伟"}, {"fang", "芳"}, {"jie", "杰"}, {"na", "娜"}, {"qiang", "强"}, {"lei", "磊"},
		{"ting", "婷"}, {"peng", "鹏"}, {"xuan", "轩"}, {"yan", "燕"}, {"han", "涵"}, {"ning", "宁"}, {"chao", "超"}, {"xue", "雪"},
		{"tao", "涛"}, {"lin", "琳"}, {"hui", "慧"}, {"fei", "飞"}, {"bin", "斌"}, {"yang", "洋"}, {"qi", "琪"}, {"kai", "凯"},
	}
)
