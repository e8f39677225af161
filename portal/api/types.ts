// Made from src/api/native/contract by scripts/make-api-types.ts; not edited by hand.

export interface AssignMany {
ids: number[]
assigneeId: (number | null)
}

export interface AssignedMany {
changed: number
missing: number[]
}

export interface Assignee {
id: number
name: string
}

export interface Attachment {
id: number
filename: string
contentType: string
sizeBytes: number
uploadedAt: string
}

export interface Attachments {
attachments: {
id: number
filename: string
contentType: string
sizeBytes: number
uploadedAt: string
}[]
}

export interface Board {
columns: {
boardStage: ("Offered" | "New" | "Contacting" | "In conversation" | "Estimate" | "Won" | "Lost" | "On hold" | "Declined")
count: number
countIsExact: boolean
amount: (string | null)
leads: {
id: number
revision: number
name: string
customerCompany: (string | null)
email: (string | null)
phone: (string | null)
address: (string | null)
city: (string | null)
state: (string | null)
category: (string | null)
source: ("renovationfind" | "constructiononline" | "portal" | "form" | "import" | "native")
sourceLabel: (string | null)
action: ("NONE" | "ACCEPTED" | "DECLINED")
boardStage: ("Offered" | "New" | "Contacting" | "In conversation" | "Estimate" | "Won" | "Lost" | "On hold" | "Declined")
stageSince: string
status: ("NO_RESPONSE" | "HOMEOWNER_CONTACTED" | "MEETUP_SCHEDULED" | "QUOTE_SENT" | "JOB_PENDING_DECISION" | "JOB_WON" | "JOB_LOST" | "JOB_POSTPONED_OR_CANCELLED" | "NO_RESPONSE_FROM_HOMEOWNER" | "OTHER" | "REACHED_OUT_TO_HOMEOWNER" | "MULTIPLE_ATTEMPTS_NO_RESPONSE" | "CONTACT_MADE" | "ESTIMATE_PROVIDED" | "LEAD_WON" | "LEAD_LOST")
amount: (string | null)
quality: (number | null)
assignee: ({
id: number
name: string
} | null)
meetingDate: (string | null)
nextActionDate: (string | null)
actionDueAt: (string | null)
requiresAction: boolean
attachmentCount: number
createdAt: string
modifiedAt: string
}[]
nextCursor: (string | null)
}[]
}

export interface BoardColumn {
boardStage: ("Offered" | "New" | "Contacting" | "In conversation" | "Estimate" | "Won" | "Lost" | "On hold" | "Declined")
count: number
countIsExact: boolean
amount: (string | null)
leads: {
id: number
revision: number
name: string
customerCompany: (string | null)
email: (string | null)
phone: (string | null)
address: (string | null)
city: (string | null)
state: (string | null)
category: (string | null)
source: ("renovationfind" | "constructiononline" | "portal" | "form" | "import" | "native")
sourceLabel: (string | null)
action: ("NONE" | "ACCEPTED" | "DECLINED")
boardStage: ("Offered" | "New" | "Contacting" | "In conversation" | "Estimate" | "Won" | "Lost" | "On hold" | "Declined")
stageSince: string
status: ("NO_RESPONSE" | "HOMEOWNER_CONTACTED" | "MEETUP_SCHEDULED" | "QUOTE_SENT" | "JOB_PENDING_DECISION" | "JOB_WON" | "JOB_LOST" | "JOB_POSTPONED_OR_CANCELLED" | "NO_RESPONSE_FROM_HOMEOWNER" | "OTHER" | "REACHED_OUT_TO_HOMEOWNER" | "MULTIPLE_ATTEMPTS_NO_RESPONSE" | "CONTACT_MADE" | "ESTIMATE_PROVIDED" | "LEAD_WON" | "LEAD_LOST")
amount: (string | null)
quality: (number | null)
assignee: ({
id: number
name: string
} | null)
meetingDate: (string | null)
nextActionDate: (string | null)
actionDueAt: (string | null)
requiresAction: boolean
attachmentCount: number
createdAt: string
modifiedAt: string
}[]
nextCursor: (string | null)
}

export interface BoardPage {
boardStage: ("Offered" | "New" | "Contacting" | "In conversation" | "Estimate" | "Won" | "Lost" | "On hold" | "Declined")
count: number
countIsExact: boolean
amount: (string | null)
leads: {
id: number
revision: number
name: string
customerCompany: (string | null)
email: (string | null)
phone: (string | null)
address: (string | null)
city: (string | null)
state: (string | null)
category: (string | null)
source: ("renovationfind" | "constructiononline" | "portal" | "form" | "import" | "native")
sourceLabel: (string | null)
action: ("NONE" | "ACCEPTED" | "DECLINED")
boardStage: ("Offered" | "New" | "Contacting" | "In conversation" | "Estimate" | "Won" | "Lost" | "On hold" | "Declined")
stageSince: string
status: ("NO_RESPONSE" | "HOMEOWNER_CONTACTED" | "MEETUP_SCHEDULED" | "QUOTE_SENT" | "JOB_PENDING_DECISION" | "JOB_WON" | "JOB_LOST" | "JOB_POSTPONED_OR_CANCELLED" | "NO_RESPONSE_FROM_HOMEOWNER" | "OTHER" | "REACHED_OUT_TO_HOMEOWNER" | "MULTIPLE_ATTEMPTS_NO_RESPONSE" | "CONTACT_MADE" | "ESTIMATE_PROVIDED" | "LEAD_WON" | "LEAD_LOST")
amount: (string | null)
quality: (number | null)
assignee: ({
id: number
name: string
} | null)
meetingDate: (string | null)
nextActionDate: (string | null)
actionDueAt: (string | null)
requiresAction: boolean
attachmentCount: number
createdAt: string
modifiedAt: string
}[]
nextCursor: (string | null)
}

export interface Decline {
reason: string
}

export interface Duplicates {
leads: {
id: number
revision: number
name: string
customerCompany: (string | null)
email: (string | null)
phone: (string | null)
address: (string | null)
city: (string | null)
state: (string | null)
category: (string | null)
source: ("renovationfind" | "constructiononline" | "portal" | "form" | "import" | "native")
sourceLabel: (string | null)
action: ("NONE" | "ACCEPTED" | "DECLINED")
boardStage: ("Offered" | "New" | "Contacting" | "In conversation" | "Estimate" | "Won" | "Lost" | "On hold" | "Declined")
stageSince: string
status: ("NO_RESPONSE" | "HOMEOWNER_CONTACTED" | "MEETUP_SCHEDULED" | "QUOTE_SENT" | "JOB_PENDING_DECISION" | "JOB_WON" | "JOB_LOST" | "JOB_POSTPONED_OR_CANCELLED" | "NO_RESPONSE_FROM_HOMEOWNER" | "OTHER" | "REACHED_OUT_TO_HOMEOWNER" | "MULTIPLE_ATTEMPTS_NO_RESPONSE" | "CONTACT_MADE" | "ESTIMATE_PROVIDED" | "LEAD_WON" | "LEAD_LOST")
amount: (string | null)
quality: (number | null)
assignee: ({
id: number
name: string
} | null)
meetingDate: (string | null)
nextActionDate: (string | null)
actionDueAt: (string | null)
requiresAction: boolean
attachmentCount: number
createdAt: string
modifiedAt: string
}[]
}

export interface Lead {
id: number
revision: number
name: string
firstName: (string | null)
middleName: (string | null)
lastName: (string | null)
displayName: (string | null)
customerCompany: (string | null)
email: (string | null)
phone: (string | null)
mobilePhone: (string | null)
mobileProvider: (string | null)
fax: (string | null)
address: (string | null)
city: (string | null)
state: (string | null)
zip: (string | null)
country: (string | null)
website: (string | null)
summary: (string | null)
experience: (string | null)
contactQuality: (string | null)
contactRegion: (string | null)
contactDivision: (string | null)
contactOffice: (string | null)
contactCategory: (string | null)
contactTrade: (string | null)
contactFieldId: (string | null)
category: (string | null)
originalDescription: (string | null)
quality: (number | null)
value: (string | null)
type: (string | null)
stage: (string | null)
sourceLabel: (string | null)
openedDate: (string | null)
notes: (string | null)
nextActionDate: (string | null)
projectDetailsHtml: (string | null)
source: ("renovationfind" | "constructiononline" | "portal" | "form" | "import" | "native")
sourceReference: (string | null)
action: ("NONE" | "ACCEPTED" | "DECLINED")
actionAt: (string | null)
declineReason: (string | null)
viewed: boolean
boardStage: ("Offered" | "New" | "Contacting" | "In conversation" | "Estimate" | "Won" | "Lost" | "On hold" | "Declined")
status: ("NO_RESPONSE" | "HOMEOWNER_CONTACTED" | "MEETUP_SCHEDULED" | "QUOTE_SENT" | "JOB_PENDING_DECISION" | "JOB_WON" | "JOB_LOST" | "JOB_POSTPONED_OR_CANCELLED" | "NO_RESPONSE_FROM_HOMEOWNER" | "OTHER" | "REACHED_OUT_TO_HOMEOWNER" | "MULTIPLE_ATTEMPTS_NO_RESPONSE" | "CONTACT_MADE" | "ESTIMATE_PROVIDED" | "LEAD_WON" | "LEAD_LOST")
statusAt: (string | null)
reason: (string | null)
meetingDate: (string | null)
jobAmount: (string | null)
contactMethod: (("PHONE_CALL" | "TEXT" | "EMAIL" | "IN_PERSON_MEETING") | null)
estimateType: (("IN_PERSON_ESTIMATE" | "EMAILED_ESTIMATE" | "VERBAL_ESTIMATE" | "PORTAL_ATTACHMENT_ESTIMATE" | "OTHER") | null)
lostReason: (("PRICE" | "TIMING" | "OTHER") | null)
startDate: (string | null)
completionDate: (string | null)
startDateTbd: (boolean | null)
completionDateTbd: (boolean | null)
actionDueAt: (string | null)
requiresAction: boolean
assignee: ({
id: number
name: string
} | null)
attachments: {
id: number
filename: string
contentType: string
sizeBytes: number
uploadedAt: string
}[]
createdAt: string
modifiedAt: string
convertedAt: (string | null)
deletedAt: (string | null)
}

export interface LeadCard {
id: number
revision: number
name: string
customerCompany: (string | null)
email: (string | null)
phone: (string | null)
address: (string | null)
city: (string | null)
state: (string | null)
category: (string | null)
source: ("renovationfind" | "constructiononline" | "portal" | "form" | "import" | "native")
sourceLabel: (string | null)
action: ("NONE" | "ACCEPTED" | "DECLINED")
boardStage: ("Offered" | "New" | "Contacting" | "In conversation" | "Estimate" | "Won" | "Lost" | "On hold" | "Declined")
stageSince: string
status: ("NO_RESPONSE" | "HOMEOWNER_CONTACTED" | "MEETUP_SCHEDULED" | "QUOTE_SENT" | "JOB_PENDING_DECISION" | "JOB_WON" | "JOB_LOST" | "JOB_POSTPONED_OR_CANCELLED" | "NO_RESPONSE_FROM_HOMEOWNER" | "OTHER" | "REACHED_OUT_TO_HOMEOWNER" | "MULTIPLE_ATTEMPTS_NO_RESPONSE" | "CONTACT_MADE" | "ESTIMATE_PROVIDED" | "LEAD_WON" | "LEAD_LOST")
amount: (string | null)
quality: (number | null)
assignee: ({
id: number
name: string
} | null)
meetingDate: (string | null)
nextActionDate: (string | null)
actionDueAt: (string | null)
requiresAction: boolean
attachmentCount: number
createdAt: string
modifiedAt: string
}

export interface LeadConflict {
type: string
title: string
status: number
detail: string
code: string
current: {
id: number
revision: number
name: string
firstName: (string | null)
middleName: (string | null)
lastName: (string | null)
displayName: (string | null)
customerCompany: (string | null)
email: (string | null)
phone: (string | null)
mobilePhone: (string | null)
mobileProvider: (string | null)
fax: (string | null)
address: (string | null)
city: (string | null)
state: (string | null)
zip: (string | null)
country: (string | null)
website: (string | null)
summary: (string | null)
experience: (string | null)
contactQuality: (string | null)
contactRegion: (string | null)
contactDivision: (string | null)
contactOffice: (string | null)
contactCategory: (string | null)
contactTrade: (string | null)
contactFieldId: (string | null)
category: (string | null)
originalDescription: (string | null)
quality: (number | null)
value: (string | null)
type: (string | null)
stage: (string | null)
sourceLabel: (string | null)
openedDate: (string | null)
notes: (string | null)
nextActionDate: (string | null)
projectDetailsHtml: (string | null)
source: ("renovationfind" | "constructiononline" | "portal" | "form" | "import" | "native")
sourceReference: (string | null)
action: ("NONE" | "ACCEPTED" | "DECLINED")
actionAt: (string | null)
declineReason: (string | null)
viewed: boolean
boardStage: ("Offered" | "New" | "Contacting" | "In conversation" | "Estimate" | "Won" | "Lost" | "On hold" | "Declined")
status: ("NO_RESPONSE" | "HOMEOWNER_CONTACTED" | "MEETUP_SCHEDULED" | "QUOTE_SENT" | "JOB_PENDING_DECISION" | "JOB_WON" | "JOB_LOST" | "JOB_POSTPONED_OR_CANCELLED" | "NO_RESPONSE_FROM_HOMEOWNER" | "OTHER" | "REACHED_OUT_TO_HOMEOWNER" | "MULTIPLE_ATTEMPTS_NO_RESPONSE" | "CONTACT_MADE" | "ESTIMATE_PROVIDED" | "LEAD_WON" | "LEAD_LOST")
statusAt: (string | null)
reason: (string | null)
meetingDate: (string | null)
jobAmount: (string | null)
contactMethod: (("PHONE_CALL" | "TEXT" | "EMAIL" | "IN_PERSON_MEETING") | null)
estimateType: (("IN_PERSON_ESTIMATE" | "EMAILED_ESTIMATE" | "VERBAL_ESTIMATE" | "PORTAL_ATTACHMENT_ESTIMATE" | "OTHER") | null)
lostReason: (("PRICE" | "TIMING" | "OTHER") | null)
startDate: (string | null)
completionDate: (string | null)
startDateTbd: (boolean | null)
completionDateTbd: (boolean | null)
actionDueAt: (string | null)
requiresAction: boolean
assignee: ({
id: number
name: string
} | null)
attachments: {
id: number
filename: string
contentType: string
sizeBytes: number
uploadedAt: string
}[]
createdAt: string
modifiedAt: string
convertedAt: (string | null)
deletedAt: (string | null)
}
}

export interface LeadEdit {
firstName?: (string | null)
middleName?: (string | null)
lastName?: (string | null)
displayName?: (string | null)
customerCompany?: (string | null)
email?: (string | null)
phone?: (string | null)
mobilePhone?: (string | null)
mobileProvider?: (string | null)
fax?: (string | null)
address?: (string | null)
city?: (string | null)
state?: (string | null)
zip?: (string | null)
country?: (string | null)
website?: (string | null)
summary?: (string | null)
experience?: (string | null)
contactQuality?: (string | null)
contactRegion?: (string | null)
contactDivision?: (string | null)
contactOffice?: (string | null)
contactCategory?: (string | null)
contactTrade?: (string | null)
contactFieldId?: (string | null)
category?: (string | null)
originalDescription?: (string | null)
quality?: (number | null)
value?: (string | null)
type?: (string | null)
stage?: (string | null)
sourceLabel?: (string | null)
openedDate?: (string | null)
notes?: (string | null)
nextActionDate?: (string | null)
projectDetailsHtml?: (string | null)
assigneeId?: (number | null)
}

export interface LeadPage {
leads: {
id: number
revision: number
name: string
customerCompany: (string | null)
email: (string | null)
phone: (string | null)
address: (string | null)
city: (string | null)
state: (string | null)
category: (string | null)
source: ("renovationfind" | "constructiononline" | "portal" | "form" | "import" | "native")
sourceLabel: (string | null)
action: ("NONE" | "ACCEPTED" | "DECLINED")
boardStage: ("Offered" | "New" | "Contacting" | "In conversation" | "Estimate" | "Won" | "Lost" | "On hold" | "Declined")
stageSince: string
status: ("NO_RESPONSE" | "HOMEOWNER_CONTACTED" | "MEETUP_SCHEDULED" | "QUOTE_SENT" | "JOB_PENDING_DECISION" | "JOB_WON" | "JOB_LOST" | "JOB_POSTPONED_OR_CANCELLED" | "NO_RESPONSE_FROM_HOMEOWNER" | "OTHER" | "REACHED_OUT_TO_HOMEOWNER" | "MULTIPLE_ATTEMPTS_NO_RESPONSE" | "CONTACT_MADE" | "ESTIMATE_PROVIDED" | "LEAD_WON" | "LEAD_LOST")
amount: (string | null)
quality: (number | null)
assignee: ({
id: number
name: string
} | null)
meetingDate: (string | null)
nextActionDate: (string | null)
actionDueAt: (string | null)
requiresAction: boolean
attachmentCount: number
createdAt: string
modifiedAt: string
}[]
nextCursor: (string | null)
total: number
totalIsExact: boolean
}

export interface LeadQuery {
q?: string
id?: number[]
boardStage?: ("Offered" | "New" | "Contacting" | "In conversation" | "Estimate" | "Won" | "Lost" | "On hold" | "Declined")[]
status?: ("NO_RESPONSE" | "HOMEOWNER_CONTACTED" | "MEETUP_SCHEDULED" | "QUOTE_SENT" | "JOB_PENDING_DECISION" | "JOB_WON" | "JOB_LOST" | "JOB_POSTPONED_OR_CANCELLED" | "NO_RESPONSE_FROM_HOMEOWNER" | "OTHER" | "REACHED_OUT_TO_HOMEOWNER" | "MULTIPLE_ATTEMPTS_NO_RESPONSE" | "CONTACT_MADE" | "ESTIMATE_PROVIDED" | "LEAD_WON" | "LEAD_LOST")[]
source?: ("renovationfind" | "constructiononline" | "portal" | "form" | "import" | "native")[]
category?: string[]
assignee?: string
requiresAction?: boolean
createdFrom?: string
createdTo?: string
deleted?: boolean
sort?: ("newest" | "oldest" | "changed" | "name" | "amount" | "next-action")
cursor?: string
limit?: number
}

export type LeadStatus = ("NO_RESPONSE" | "HOMEOWNER_CONTACTED" | "MEETUP_SCHEDULED" | "QUOTE_SENT" | "JOB_PENDING_DECISION" | "JOB_WON" | "JOB_LOST" | "JOB_POSTPONED_OR_CANCELLED" | "NO_RESPONSE_FROM_HOMEOWNER" | "OTHER" | "REACHED_OUT_TO_HOMEOWNER" | "MULTIPLE_ATTEMPTS_NO_RESPONSE" | "CONTACT_MADE" | "ESTIMATE_PROVIDED" | "LEAD_WON" | "LEAD_LOST")

export interface LeadStatuses {
stages: ("Offered" | "New" | "Contacting" | "In conversation" | "Estimate" | "Won" | "Lost" | "On hold" | "Declined")[]
fields: {
name: ("reason" | "meetingDate" | "jobAmount" | "contactMethod" | "estimateType" | "lostReason" | "startDate" | "completionDate" | "startDateTbd" | "completionDateTbd")
kind: ("text" | "date" | "amount" | "flag" | "choice")
values?: string[]
lengthMax?: number
earliest?: string
notBefore?: ("reason" | "meetingDate" | "jobAmount" | "contactMethod" | "estimateType" | "lostReason" | "startDate" | "completionDate" | "startDateTbd" | "completionDateTbd")
above?: number
below?: number
decimals?: number
}[]
statuses: {
status: ("NO_RESPONSE" | "HOMEOWNER_CONTACTED" | "MEETUP_SCHEDULED" | "QUOTE_SENT" | "JOB_PENDING_DECISION" | "JOB_WON" | "JOB_LOST" | "JOB_POSTPONED_OR_CANCELLED" | "NO_RESPONSE_FROM_HOMEOWNER" | "OTHER" | "REACHED_OUT_TO_HOMEOWNER" | "MULTIPLE_ATTEMPTS_NO_RESPONSE" | "CONTACT_MADE" | "ESTIMATE_PROVIDED" | "LEAD_WON" | "LEAD_LOST")
reportable: boolean
boardStage: ("Offered" | "New" | "Contacting" | "In conversation" | "Estimate" | "Won" | "Lost" | "On hold" | "Declined")
outcome: ("open" | "won" | "lost" | "inactive")
final: boolean
required: ("reason" | "meetingDate" | "jobAmount" | "contactMethod" | "estimateType" | "lostReason" | "startDate" | "completionDate" | "startDateTbd" | "completionDateTbd")[]
optional: ("reason" | "meetingDate" | "jobAmount" | "contactMethod" | "estimateType" | "lostReason" | "startDate" | "completionDate" | "startDateTbd" | "completionDateTbd")[]
eitherOr: {
date: ("reason" | "meetingDate" | "jobAmount" | "contactMethod" | "estimateType" | "lostReason" | "startDate" | "completionDate" | "startDateTbd" | "completionDateTbd")
flag: ("reason" | "meetingDate" | "jobAmount" | "contactMethod" | "estimateType" | "lostReason" | "startDate" | "completionDate" | "startDateTbd" | "completionDateTbd")
}[]
requiredWhen: {
field: ("reason" | "meetingDate" | "jobAmount" | "contactMethod" | "estimateType" | "lostReason" | "startDate" | "completionDate" | "startDateTbd" | "completionDateTbd")
when: ("reason" | "meetingDate" | "jobAmount" | "contactMethod" | "estimateType" | "lostReason" | "startDate" | "completionDate" | "startDateTbd" | "completionDateTbd")
is: string
}[]
attachmentSoftRequired: boolean
followUpHours: (number | null)
}[]
}

export interface LiveEvent {
leadId: number
revision: number
event: ("lead.created" | "lead.offered" | "lead.accepted" | "lead.declined" | "lead.status_changed" | "lead.updated" | "lead.attachment_added" | "lead.deleted" | "lead.restored" | "lead.requires_action")
boardStage: ("Offered" | "New" | "Contacting" | "In conversation" | "Estimate" | "Won" | "Lost" | "On hold" | "Declined")
previousStage: (("Offered" | "New" | "Contacting" | "In conversation" | "Estimate" | "Won" | "Lost" | "On hold" | "Declined") | null)
}

export type ReportStatus = ("HOMEOWNER_CONTACTED" | "MEETUP_SCHEDULED" | "QUOTE_SENT" | "JOB_PENDING_DECISION" | "JOB_WON" | "JOB_LOST" | "JOB_POSTPONED_OR_CANCELLED" | "NO_RESPONSE_FROM_HOMEOWNER" | "OTHER" | "REACHED_OUT_TO_HOMEOWNER" | "MULTIPLE_ATTEMPTS_NO_RESPONSE" | "CONTACT_MADE" | "ESTIMATE_PROVIDED" | "LEAD_WON" | "LEAD_LOST")

export type Stage = ("Offered" | "New" | "Contacting" | "In conversation" | "Estimate" | "Won" | "Lost" | "On hold" | "Declined")

export interface StatusReport {
status: ("HOMEOWNER_CONTACTED" | "MEETUP_SCHEDULED" | "QUOTE_SENT" | "JOB_PENDING_DECISION" | "JOB_WON" | "JOB_LOST" | "JOB_POSTPONED_OR_CANCELLED" | "NO_RESPONSE_FROM_HOMEOWNER" | "OTHER" | "REACHED_OUT_TO_HOMEOWNER" | "MULTIPLE_ATTEMPTS_NO_RESPONSE" | "CONTACT_MADE" | "ESTIMATE_PROVIDED" | "LEAD_WON" | "LEAD_LOST")
reason?: (string | null)
meetingDate?: (string | null)
jobAmount?: (string | number | null)
contactMethod?: (("PHONE_CALL" | "TEXT" | "EMAIL" | "IN_PERSON_MEETING") | null)
estimateType?: (("IN_PERSON_ESTIMATE" | "EMAILED_ESTIMATE" | "VERBAL_ESTIMATE" | "PORTAL_ATTACHMENT_ESTIMATE" | "OTHER") | null)
lostReason?: (("PRICE" | "TIMING" | "OTHER") | null)
startDate?: (string | null)
completionDate?: (string | null)
startDateTbd?: (boolean | null)
completionDateTbd?: (boolean | null)
}

export interface Timeline {
entries: {
revision: number
at: string
event: ("lead.created" | "lead.offered" | "lead.accepted" | "lead.declined" | "lead.status_changed" | "lead.updated" | "lead.attachment_added" | "lead.deleted" | "lead.restored")
face: string
actor: {
kind: ("user" | "token" | "apikey" | "operator" | "system")
id: string
name: string
}
changes: {
field: string
old: unknown
new: unknown
}[]
}[]
nextCursor: (string | null)
}

export interface TimelineEntry {
revision: number
at: string
event: ("lead.created" | "lead.offered" | "lead.accepted" | "lead.declined" | "lead.status_changed" | "lead.updated" | "lead.attachment_added" | "lead.deleted" | "lead.restored")
face: string
actor: {
kind: ("user" | "token" | "apikey" | "operator" | "system")
id: string
name: string
}
changes: {
field: string
old: unknown
new: unknown
}[]
}

export interface Today {
offers: {
count: number
countIsExact: boolean
leads: {
id: number
revision: number
name: string
customerCompany: (string | null)
email: (string | null)
phone: (string | null)
address: (string | null)
city: (string | null)
state: (string | null)
category: (string | null)
source: ("renovationfind" | "constructiononline" | "portal" | "form" | "import" | "native")
sourceLabel: (string | null)
action: ("NONE" | "ACCEPTED" | "DECLINED")
boardStage: ("Offered" | "New" | "Contacting" | "In conversation" | "Estimate" | "Won" | "Lost" | "On hold" | "Declined")
stageSince: string
status: ("NO_RESPONSE" | "HOMEOWNER_CONTACTED" | "MEETUP_SCHEDULED" | "QUOTE_SENT" | "JOB_PENDING_DECISION" | "JOB_WON" | "JOB_LOST" | "JOB_POSTPONED_OR_CANCELLED" | "NO_RESPONSE_FROM_HOMEOWNER" | "OTHER" | "REACHED_OUT_TO_HOMEOWNER" | "MULTIPLE_ATTEMPTS_NO_RESPONSE" | "CONTACT_MADE" | "ESTIMATE_PROVIDED" | "LEAD_WON" | "LEAD_LOST")
amount: (string | null)
quality: (number | null)
assignee: ({
id: number
name: string
} | null)
meetingDate: (string | null)
nextActionDate: (string | null)
actionDueAt: (string | null)
requiresAction: boolean
attachmentCount: number
createdAt: string
modifiedAt: string
}[]
}
requiresAction: {
count: number
countIsExact: boolean
leads: {
id: number
revision: number
name: string
customerCompany: (string | null)
email: (string | null)
phone: (string | null)
address: (string | null)
city: (string | null)
state: (string | null)
category: (string | null)
source: ("renovationfind" | "constructiononline" | "portal" | "form" | "import" | "native")
sourceLabel: (string | null)
action: ("NONE" | "ACCEPTED" | "DECLINED")
boardStage: ("Offered" | "New" | "Contacting" | "In conversation" | "Estimate" | "Won" | "Lost" | "On hold" | "Declined")
stageSince: string
status: ("NO_RESPONSE" | "HOMEOWNER_CONTACTED" | "MEETUP_SCHEDULED" | "QUOTE_SENT" | "JOB_PENDING_DECISION" | "JOB_WON" | "JOB_LOST" | "JOB_POSTPONED_OR_CANCELLED" | "NO_RESPONSE_FROM_HOMEOWNER" | "OTHER" | "REACHED_OUT_TO_HOMEOWNER" | "MULTIPLE_ATTEMPTS_NO_RESPONSE" | "CONTACT_MADE" | "ESTIMATE_PROVIDED" | "LEAD_WON" | "LEAD_LOST")
amount: (string | null)
quality: (number | null)
assignee: ({
id: number
name: string
} | null)
meetingDate: (string | null)
nextActionDate: (string | null)
actionDueAt: (string | null)
requiresAction: boolean
attachmentCount: number
createdAt: string
modifiedAt: string
}[]
}
nextActions: {
count: number
countIsExact: boolean
leads: {
id: number
revision: number
name: string
customerCompany: (string | null)
email: (string | null)
phone: (string | null)
address: (string | null)
city: (string | null)
state: (string | null)
category: (string | null)
source: ("renovationfind" | "constructiononline" | "portal" | "form" | "import" | "native")
sourceLabel: (string | null)
action: ("NONE" | "ACCEPTED" | "DECLINED")
boardStage: ("Offered" | "New" | "Contacting" | "In conversation" | "Estimate" | "Won" | "Lost" | "On hold" | "Declined")
stageSince: string
status: ("NO_RESPONSE" | "HOMEOWNER_CONTACTED" | "MEETUP_SCHEDULED" | "QUOTE_SENT" | "JOB_PENDING_DECISION" | "JOB_WON" | "JOB_LOST" | "JOB_POSTPONED_OR_CANCELLED" | "NO_RESPONSE_FROM_HOMEOWNER" | "OTHER" | "REACHED_OUT_TO_HOMEOWNER" | "MULTIPLE_ATTEMPTS_NO_RESPONSE" | "CONTACT_MADE" | "ESTIMATE_PROVIDED" | "LEAD_WON" | "LEAD_LOST")
amount: (string | null)
quality: (number | null)
assignee: ({
id: number
name: string
} | null)
meetingDate: (string | null)
nextActionDate: (string | null)
actionDueAt: (string | null)
requiresAction: boolean
attachmentCount: number
createdAt: string
modifiedAt: string
}[]
}
newest: {
count: number
countIsExact: boolean
leads: {
id: number
revision: number
name: string
customerCompany: (string | null)
email: (string | null)
phone: (string | null)
address: (string | null)
city: (string | null)
state: (string | null)
category: (string | null)
source: ("renovationfind" | "constructiononline" | "portal" | "form" | "import" | "native")
sourceLabel: (string | null)
action: ("NONE" | "ACCEPTED" | "DECLINED")
boardStage: ("Offered" | "New" | "Contacting" | "In conversation" | "Estimate" | "Won" | "Lost" | "On hold" | "Declined")
stageSince: string
status: ("NO_RESPONSE" | "HOMEOWNER_CONTACTED" | "MEETUP_SCHEDULED" | "QUOTE_SENT" | "JOB_PENDING_DECISION" | "JOB_WON" | "JOB_LOST" | "JOB_POSTPONED_OR_CANCELLED" | "NO_RESPONSE_FROM_HOMEOWNER" | "OTHER" | "REACHED_OUT_TO_HOMEOWNER" | "MULTIPLE_ATTEMPTS_NO_RESPONSE" | "CONTACT_MADE" | "ESTIMATE_PROVIDED" | "LEAD_WON" | "LEAD_LOST")
amount: (string | null)
quality: (number | null)
assignee: ({
id: number
name: string
} | null)
meetingDate: (string | null)
nextActionDate: (string | null)
actionDueAt: (string | null)
requiresAction: boolean
attachmentCount: number
createdAt: string
modifiedAt: string
}[]
}
}

export interface AcceptInvitation {
name: string
password: string
}

export interface ApiKey {
id: number
name: string
hint: string
createdAt: string
revokedAt: (string | null)
lastUsedAt: (string | null)
gauges: {
window: string
seconds: number
limit: number
used: number
resetsAt: (string | null)
}[]
}

export interface ApiKeys {
apiKeys: {
id: number
name: string
hint: string
createdAt: string
revokedAt: (string | null)
lastUsedAt: (string | null)
gauges: {
window: string
seconds: number
limit: number
used: number
resetsAt: (string | null)
}[]
}[]
}

export type CompanyRole = ("admin" | "member")

export interface Invitation {
id: number
email: string
role: ("admin" | "member")
createdAt: string
expiresAt: string
invitedBy: string
}

export interface Invitations {
invitations: {
id: number
email: string
role: ("admin" | "member")
createdAt: string
expiresAt: string
invitedBy: string
}[]
}

export interface IssuedApiKey {
id: number
key: string
example: string
}

export interface IssuedInvitation {
invitation: {
id: number
email: string
role: ("admin" | "member")
createdAt: string
expiresAt: string
invitedBy: string
}
link: string
sent: boolean
}

export interface IssuedToken {
id: string
token: string
expiresAt: string
example: string
}

export interface Login {
email: string
password: string
}

export interface MeEdit {
name?: string
currentPassword?: string
password?: string
digest?: boolean
}

export interface NewApiKey {
name: string
}

export interface NewInvitation {
email: string
role: ("admin" | "member")
}

export interface NewToken {
name: string
days?: number
}

export interface OpenInvitation {
email: string
company: string
role: ("admin" | "member")
}

export interface RateGauge {
window: string
seconds: number
limit: number
used: number
resetsAt: (string | null)
}

export interface RecoveryCodes {
recoveryCodes: string[]
}

export interface ResetAsked {
mail: boolean
}

export interface ResetPassword {
password: string
}

export interface ResetRequest {
email: string
}

export type Role = ("operator" | "admin" | "member")

export interface Session {
user: {
id: number
name: string
email: string
role: ("operator" | "admin" | "member")
twoFactor: boolean
digest: boolean
}
company: ({
id: number
name: string
currency: string
timeZone: string
} | null)
mail: boolean
}

export interface Token {
id: string
name: string
createdAt: string
expiresAt: string
revokedAt: (string | null)
lastUsedAt: (string | null)
}

export interface Tokens {
tokens: {
id: string
name: string
createdAt: string
expiresAt: string
revokedAt: (string | null)
lastUsedAt: (string | null)
}[]
}

export interface TwoFactorBegin {
password: string
}

export interface TwoFactorChallenge {
challenge: string
}

export interface TwoFactorConfirm {
code: string
}

export interface TwoFactorLogin {
challenge: string
code: string
}

export interface TwoFactorOff {
password: string
}

export interface TwoFactorSetup {
secret: string
uri: string
}

export interface User {
id: number
name: string
email: string
role: ("admin" | "member")
active: boolean
twoFactor: boolean
createdAt: string
lastSeenAt: (string | null)
}

export interface UserEdit {
name?: string
role?: ("admin" | "member")
active?: boolean
}

export interface Users {
users: {
id: number
name: string
email: string
role: ("admin" | "member")
active: boolean
twoFactor: boolean
createdAt: string
lastSeenAt: (string | null)
}[]
}

export interface AddedCompany {
id: number
name: string
email: string
token: string
apiKey: string
}

export interface AddedOffer {
id: number
}

export interface Company {
id: number
name: string
currency: string
timeZone: string
offerAnswerHours: (number | null)
followUpHours: {
NO_RESPONSE?: (number | null)
HOMEOWNER_CONTACTED?: (number | null)
MEETUP_SCHEDULED?: (number | null)
QUOTE_SENT?: (number | null)
JOB_PENDING_DECISION?: (number | null)
JOB_WON?: (number | null)
JOB_LOST?: (number | null)
JOB_POSTPONED_OR_CANCELLED?: (number | null)
NO_RESPONSE_FROM_HOMEOWNER?: (number | null)
OTHER?: (number | null)
REACHED_OUT_TO_HOMEOWNER?: (number | null)
MULTIPLE_ATTEMPTS_NO_RESPONSE?: (number | null)
CONTACT_MADE?: (number | null)
ESTIMATE_PROVIDED?: (number | null)
LEAD_WON?: (number | null)
LEAD_LOST?: (number | null)
}
categories: string[]
types: string[]
stages: string[]
sources: string[]
form: {
enabled: boolean
slug: string
title: string
intro: string
thanks: string
categories: string[]
notify: boolean
}
}

export interface CompanyEdit {
name?: string
currency?: string
timeZone?: string
offerAnswerHours?: (number | null)
followUpHours?: {
NO_RESPONSE?: (number | null)
HOMEOWNER_CONTACTED?: (number | null)
MEETUP_SCHEDULED?: (number | null)
QUOTE_SENT?: (number | null)
JOB_PENDING_DECISION?: (number | null)
JOB_WON?: (number | null)
JOB_LOST?: (number | null)
JOB_POSTPONED_OR_CANCELLED?: (number | null)
NO_RESPONSE_FROM_HOMEOWNER?: (number | null)
OTHER?: (number | null)
REACHED_OUT_TO_HOMEOWNER?: (number | null)
MULTIPLE_ATTEMPTS_NO_RESPONSE?: (number | null)
CONTACT_MADE?: (number | null)
ESTIMATE_PROVIDED?: (number | null)
LEAD_WON?: (number | null)
LEAD_LOST?: (number | null)
}
categories?: string[]
types?: string[]
stages?: string[]
sources?: string[]
form?: {
enabled?: boolean
title?: string
intro?: string
thanks?: string
categories?: string[]
notify?: boolean
}
}

export interface NewCompany {
name: string
email: string
password: string
}

export interface NewOffer {
companyId: number
lead: {
/**
 * This interface was referenced by `undefined`'s JSON-Schema definition
 * via the `patternProperty` "^.*$".
 */
[k: string]: unknown
}
}

export interface NewSavedView {
name: string
query: string
}

export interface OperatorCompanies {
companies: {
id: number
name: string
createdAt: string
users: number
leads: number
}[]
nextCursor: (string | null)
}

export interface OperatorCompany {
id: number
name: string
createdAt: string
users: number
leads: number
}

export interface Problem {
type: string
title: string
status: number
detail: string
code: string
field?: string
retryAfterSeconds?: number
}

export interface PublicForm {
enabled: boolean
slug: string
title: string
intro: string
thanks: string
categories: string[]
notify: boolean
}

export interface SavedView {
id: number
name: string
query: string
}

export interface SavedViews {
views: {
id: number
name: string
query: string
}[]
}

export interface Statistics {
from: string
to: string
totals: {
count: number
won: number
lost: number
open: number
wonAmount: string
lostAmount: string
winRate: (number | null)
averageWon: (string | null)
}
funnel: {
boardStage: string
count: number
reached: number
amount: string
}[]
wonByMonth: {
month: string
count: number
amount: string
}[]
bySource: {
key: string
count: number
won: number
lost: number
open: number
wonAmount: string
lostAmount: string
winRate: (number | null)
}[]
bySourceLabel: {
key: string
count: number
won: number
lost: number
open: number
wonAmount: string
lostAmount: string
winRate: (number | null)
}[]
byCategory: {
key: string
count: number
won: number
lost: number
open: number
wonAmount: string
lostAmount: string
winRate: (number | null)
}[]
lostReasons: {
reason: (("PRICE" | "TIMING" | "OTHER") | null)
count: number
amount: string
}[]
firstContact: {
medianHours: (number | null)
p90Hours: (number | null)
bands: {
label: string
count: number
}[]
without: number
}
timePerStage: {
boardStage: string
visits: number
medianHours: (number | null)
p90Hours: (number | null)
}[]
}

export interface AddedLink {
leadId: number
}

export interface ConflictChoice {
choice: ("ours" | "theirs")
}

export interface Connection {
id: number
kind: ("renovationfind" | "constructiononline")
name: string
baseUrl: string
hint: string
fieldRules: {
/**
 * This interface was referenced by `undefined`'s JSON-Schema definition
 * via the `patternProperty` "^.*$".
 */
[k: string]: "ask" | "upstream" | "ours" | "newest"
}
intervalSeconds: number
limits: string
pushNew: boolean
enabled: boolean
state: ("paused" | "importing" | "healthy" | "limited" | "failing" | "broken")
running: boolean
importedAt: (string | null)
nextRunAt: (string | null)
lastRunAt: (string | null)
lastOkAt: (string | null)
failures: number
lastError: ({
code: string
text: string
at: string
} | null)
windows: {
window: string
seconds: number
limit: number
reserve: number
used: number
}[]
fields: string[]
linkedLeads: number
goneLeads: number
openConflicts: number
lastRun: ({
id: number
startedAt: string
endedAt: (string | null)
pulled: number
pushed: number
createdHere: number
createdThere: number
conflicts: number
gone: number
calls: number
error: ({
code: string
text: string
} | null)
} | null)
createdAt: string
}

export type ConnectionCredentials = ({
token: string
} | {
email: string
password: string
apiKey: string
})

export interface ConnectionEdit {
baseUrl?: string
credentials?: ({
token: string
} | {
email: string
password: string
apiKey: string
})
name?: string
fieldRules?: {
/**
 * This interface was referenced by `undefined`'s JSON-Schema definition
 * via the `patternProperty` "^.*$".
 */
[k: string]: "ask" | "upstream" | "ours" | "newest"
}
intervalSeconds?: number
limits?: string
pushNew?: boolean
enabled?: boolean
}

export type ConnectionKind = ("renovationfind" | "constructiononline")

export interface Connections {
connections: {
id: number
kind: ("renovationfind" | "constructiononline")
name: string
baseUrl: string
hint: string
fieldRules: {
/**
 * This interface was referenced by `undefined`'s JSON-Schema definition
 * via the `patternProperty` "^.*$".
 */
[k: string]: "ask" | "upstream" | "ours" | "newest"
}
intervalSeconds: number
limits: string
pushNew: boolean
enabled: boolean
state: ("paused" | "importing" | "healthy" | "limited" | "failing" | "broken")
running: boolean
importedAt: (string | null)
nextRunAt: (string | null)
lastRunAt: (string | null)
lastOkAt: (string | null)
failures: number
lastError: ({
code: string
text: string
at: string
} | null)
windows: {
window: string
seconds: number
limit: number
reserve: number
used: number
}[]
fields: string[]
linkedLeads: number
goneLeads: number
openConflicts: number
lastRun: ({
id: number
startedAt: string
endedAt: (string | null)
pulled: number
pushed: number
createdHere: number
createdThere: number
conflicts: number
gone: number
calls: number
error: ({
code: string
text: string
} | null)
} | null)
createdAt: string
}[]
}

export interface FieldRules {
/**
 * This interface was referenced by `FieldRules`'s JSON-Schema definition
 * via the `patternProperty` "^.*$".
 */
[k: string]: "ask" | "upstream" | "ours" | "newest"
}

export interface LeadLink {
connectionId: number
connectionName: string
connectionKind: ("renovationfind" | "constructiononline")
enabled: boolean
upstreamId: (string | null)
agreedAt: (string | null)
seenAt: (string | null)
goneAt: (string | null)
pending: boolean
}

export interface LeadLinks {
links: {
connectionId: number
connectionName: string
connectionKind: ("renovationfind" | "constructiononline")
enabled: boolean
upstreamId: (string | null)
agreedAt: (string | null)
seenAt: (string | null)
goneAt: (string | null)
pending: boolean
}[]
}

export interface NewConnection {
kind: ("renovationfind" | "constructiononline")
baseUrl: string
credentials: ({
token: string
} | {
email: string
password: string
apiKey: string
})
name?: string
fieldRules?: {
/**
 * This interface was referenced by `undefined`'s JSON-Schema definition
 * via the `patternProperty` "^.*$".
 */
[k: string]: "ask" | "upstream" | "ours" | "newest"
}
intervalSeconds?: number
limits?: string
pushNew?: boolean
enabled?: boolean
}

export interface NewLink {
upstreamId: string
accept?: boolean
}

export interface SyncConflict {
id: number
leadId: number
leadName: string
connectionId: number
connectionName: string
connectionKind: ("renovationfind" | "constructiononline")
field: string
kind: ("both-changed" | "refused")
base: unknown
ours: unknown
oursAt: (string | null)
theirs: unknown
theirsAt: (string | null)
detail: (string | null)
openedAt: string
settledAt: (string | null)
settledBy: (string | null)
choice: (("ours" | "theirs") | null)
}

export interface SyncConflicts {
conflicts: {
id: number
leadId: number
leadName: string
connectionId: number
connectionName: string
connectionKind: ("renovationfind" | "constructiononline")
field: string
kind: ("both-changed" | "refused")
base: unknown
ours: unknown
oursAt: (string | null)
theirs: unknown
theirsAt: (string | null)
detail: (string | null)
openedAt: string
settledAt: (string | null)
settledBy: (string | null)
choice: (("ours" | "theirs") | null)
}[]
nextCursor: (string | null)
openCount: number
}

export interface SyncRun {
id: number
startedAt: string
endedAt: (string | null)
pulled: number
pushed: number
createdHere: number
createdThere: number
conflicts: number
gone: number
calls: number
error: ({
code: string
text: string
} | null)
}

export interface SyncRuns {
runs: {
id: number
startedAt: string
endedAt: (string | null)
pulled: number
pushed: number
createdHere: number
createdThere: number
conflicts: number
gone: number
calls: number
error: ({
code: string
text: string
} | null)
}[]
nextCursor: (string | null)
}

export interface DeskHealth {
outbox: {
waiting: number
oldestSeconds: number
}
webhooks: {
endpoints: number
disabled: number
switchedOff: {
id: number
url: string
reason: ("gone" | "failing")
}[]
waiting: number
waitingIsExact: boolean
oldestAt: (string | null)
delivered: number
failed: number
deliveredPerMinute: number
failing: {
id: number
url: string
failed: number
}[]
}
connections: {
id: number
name: string
state: ("paused" | "importing" | "healthy" | "limited" | "failing" | "broken")
lastOkAt: (string | null)
openConflicts: number
lastError: ({
code: string
text: string
at: string
} | null)
}[]
digests: {
sent: number
nothing: number
failed: number
open: number
}
}

export interface AddedWebhookEndpoint {
id: number
url: string
description: (string | null)
events: ("lead.created" | "lead.offered" | "lead.accepted" | "lead.declined" | "lead.status_changed" | "lead.updated" | "lead.attachment_added" | "lead.deleted" | "lead.restored" | "lead.requires_action")[]
perSecond: (number | null)
enabled: boolean
disabledAt: (string | null)
disabledReason: (("office" | "gone" | "failing") | null)
failingSince: (string | null)
createdAt: string
version: number
secretCreatedAt: string
previousSecretExpiresAt: (string | null)
health: {
waiting: number
waitingIsExact: boolean
oldestAt: (string | null)
delivered: number
failed: number
deliveredPerMinute: number
lastAttempt: ({
at: string
outcome: ("delivered" | "failed" | "given-up" | "gone")
status: (number | null)
} | null)
}
secret: string
}

export interface NewWebhookEndpoint {
url: string
events?: ("lead.created" | "lead.offered" | "lead.accepted" | "lead.declined" | "lead.status_changed" | "lead.updated" | "lead.attachment_added" | "lead.deleted" | "lead.restored" | "lead.requires_action")[]
description?: (string | null)
perSecond?: (number | null)
}

export interface ReplayedWebhooks {
queued: number
}

export interface RotatedWebhookSecret {
secret: string
previousSecretExpiresAt: string
}

export interface WebhookAttempt {
id: number
at: string
messageId: string
event: ("lead.created" | "lead.offered" | "lead.accepted" | "lead.declined" | "lead.status_changed" | "lead.updated" | "lead.attachment_added" | "lead.deleted" | "lead.restored" | "lead.requires_action" | "webhook.test")
leadId: (number | null)
revision: (number | null)
eventAt: string
attempt: number
outcome: ("delivered" | "failed" | "given-up" | "gone")
nextAt: (string | null)
status: (number | null)
error: (string | null)
milliseconds: number
}

export interface WebhookAttemptDetail {
id: number
at: string
messageId: string
event: ("lead.created" | "lead.offered" | "lead.accepted" | "lead.declined" | "lead.status_changed" | "lead.updated" | "lead.attachment_added" | "lead.deleted" | "lead.restored" | "lead.requires_action" | "webhook.test")
leadId: (number | null)
revision: (number | null)
eventAt: string
attempt: number
outcome: ("delivered" | "failed" | "given-up" | "gone")
nextAt: (string | null)
status: (number | null)
error: (string | null)
milliseconds: number
request: {
headers: {
name: string
value: string
}[]
body: (string | null)
}
answer: (string | null)
}

export interface WebhookAttempts {
attempts: {
id: number
at: string
messageId: string
event: ("lead.created" | "lead.offered" | "lead.accepted" | "lead.declined" | "lead.status_changed" | "lead.updated" | "lead.attachment_added" | "lead.deleted" | "lead.restored" | "lead.requires_action" | "webhook.test")
leadId: (number | null)
revision: (number | null)
eventAt: string
attempt: number
outcome: ("delivered" | "failed" | "given-up" | "gone")
nextAt: (string | null)
status: (number | null)
error: (string | null)
milliseconds: number
}[]
nextCursor: (string | null)
}

export interface WebhookEndpoint {
id: number
url: string
description: (string | null)
events: ("lead.created" | "lead.offered" | "lead.accepted" | "lead.declined" | "lead.status_changed" | "lead.updated" | "lead.attachment_added" | "lead.deleted" | "lead.restored" | "lead.requires_action")[]
perSecond: (number | null)
enabled: boolean
disabledAt: (string | null)
disabledReason: (("office" | "gone" | "failing") | null)
failingSince: (string | null)
createdAt: string
version: number
secretCreatedAt: string
previousSecretExpiresAt: (string | null)
health: {
waiting: number
waitingIsExact: boolean
oldestAt: (string | null)
delivered: number
failed: number
deliveredPerMinute: number
lastAttempt: ({
at: string
outcome: ("delivered" | "failed" | "given-up" | "gone")
status: (number | null)
} | null)
}
}

export interface WebhookEndpointEdit {
url?: string
events?: ("lead.created" | "lead.offered" | "lead.accepted" | "lead.declined" | "lead.status_changed" | "lead.updated" | "lead.attachment_added" | "lead.deleted" | "lead.restored" | "lead.requires_action")[]
description?: (string | null)
perSecond?: (number | null)
enabled?: boolean
}

export interface WebhookEndpoints {
endpoints: {
id: number
url: string
description: (string | null)
events: ("lead.created" | "lead.offered" | "lead.accepted" | "lead.declined" | "lead.status_changed" | "lead.updated" | "lead.attachment_added" | "lead.deleted" | "lead.restored" | "lead.requires_action")[]
perSecond: (number | null)
enabled: boolean
disabledAt: (string | null)
disabledReason: (("office" | "gone" | "failing") | null)
failingSince: (string | null)
createdAt: string
version: number
secretCreatedAt: string
previousSecretExpiresAt: (string | null)
health: {
waiting: number
waitingIsExact: boolean
oldestAt: (string | null)
delivered: number
failed: number
deliveredPerMinute: number
lastAttempt: ({
at: string
outcome: ("delivered" | "failed" | "given-up" | "gone")
status: (number | null)
} | null)
}
}[]
}

export type WebhookEvent = ("lead.created" | "lead.offered" | "lead.accepted" | "lead.declined" | "lead.status_changed" | "lead.updated" | "lead.attachment_added" | "lead.deleted" | "lead.restored" | "lead.requires_action")

export interface WebhookHealth {
waiting: number
waitingIsExact: boolean
oldestAt: (string | null)
delivered: number
failed: number
deliveredPerMinute: number
lastAttempt: ({
at: string
outcome: ("delivered" | "failed" | "given-up" | "gone")
status: (number | null)
} | null)
}

export interface WebhookReplay {
attemptIds?: number[]
since?: string
from?: string
to?: string
}

export interface WebhookTest {
messageId: string
}
