package synthetic

// The aspects that are drawn by themselves.
const (
	ofSize aspect = iota + 1
	ofSource
	ofPlace
	ofPosition
	ofDiscipline
	ofIndustry
	ofGovernment
	ofUniversity
	ofSchool
	ofEnterprise
	ofTrade
	ofCenter
	ofAssociation
	ofAlliance
	ofMembers
	ofEvent
	ofBase
	ofBaseFacts
	ofOffer
	ofAgreement
	ofTerm
	ofPerson
	ofPersonName
	ofProgram
	ofCompetition
	ofEdition
	ofAward
	ofPolicy
	ofMetric
	ofStudent
)
