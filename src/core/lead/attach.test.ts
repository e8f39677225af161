import { describe, expect, it } from 'vitest'
import {
  changed,
  makeFile,
  makeLeadWon,
  makeOfferedLead,
  makeOwnLead,
  refusalCode,
  T0,
  T1,
} from '../../../test/support/lead-fixtures.ts'
import { declineLead } from './answer-offer.ts'
import { ATTACHMENTS_PER_LEAD_MAX, attachFiles, detachFile } from './attach.ts'
import { reportStatus } from './report-status.ts'

const own = makeOwnLead()
const files = (count: number, firstId = 1) => Array.from({ length: count }, (_, index) => makeFile(firstId + index))

describe('attachFiles', () => {
  it('adds files behind those that are there and publishes the new ones', () => {
    const lead = makeOwnLead({ attachments: [makeFile(1)] })
    expect(attachFiles([makeFile(2), makeFile(3)])(lead, T1)).toEqual({
      kind: 'change',
      event: 'lead.attachment_added',
      lead: { ...lead, attachments: files(3) },
      effects: [{ kind: 'publish-attachments', attachmentIds: [2, 3] }],
    })
  })

  it('refuses a lead that nobody accepted', () => {
    const offered = makeOfferedLead()
    const declined = changed(declineLead('No time')(offered, T0))
    expect(refusalCode(attachFiles(files(1))(offered, T1))).toBe('lead.not-accepted')
    expect(refusalCode(attachFiles(files(1))(declined, T1))).toBe('lead.not-accepted')
  })

  it('takes files up to the limit and not one more, all or none', () => {
    const nearlyFull = makeOwnLead({ attachments: files(ATTACHMENTS_PER_LEAD_MAX - 1) })
    expect(changed(attachFiles([makeFile(99)])(nearlyFull, T1)).attachments).toHaveLength(ATTACHMENTS_PER_LEAD_MAX)
    expect(refusalCode(attachFiles(files(2, 99))(nearlyFull, T1))).toBe('attachment.too-many')
  })

  it('settles the missing attachment of LEAD_WON', () => {
    const won = changed(reportStatus(makeLeadWon())(own, T0))
    expect(won.actionDueAt).toBe(T0)
    expect(changed(attachFiles(files(1))(won, T1)).actionDueAt).toBeNull()
  })

  it('leaves the follow-up time of any other status alone', () => {
    expect(changed(attachFiles(files(1))(own, T1)).actionDueAt).toBe(own.actionDueAt)
  })

  it('settles nothing and changes nothing when there are no files to add', () => {
    const won = changed(reportStatus(makeLeadWon())(own, T0))
    expect(attachFiles([])(won, T1)).toEqual({ kind: 'unchanged', lead: won })
  })
})

describe('detachFile', () => {
  it('takes off the one file that is named and removes its bytes', () => {
    const lead = makeOwnLead({ attachments: files(3) })
    expect(detachFile(2)(lead, T1)).toEqual({
      kind: 'change',
      event: 'lead.updated',
      lead: { ...lead, attachments: [makeFile(1), makeFile(3)] },
      effects: [{ kind: 'remove-attachment', attachmentId: 2 }],
    })
  })

  it('refuses a file that the lead does not have, also when it was just taken off', () => {
    const lead = makeOwnLead({ attachments: files(1) })
    expect(refusalCode(detachFile(2)(lead, T1))).toBe('attachment.not-found')
    expect(refusalCode(detachFile(1)(changed(detachFile(1)(lead, T1)), T1))).toBe('attachment.not-found')
  })

  it('asks for an attachment again when the last one of LEAD_WON goes', () => {
    const won = changed(reportStatus(makeLeadWon())(makeOwnLead({ attachments: files(2) }), T0))
    const one = changed(detachFile(1)(won, T1))
    expect(one.actionDueAt).toBeNull()
    expect(changed(detachFile(2)(one, T1)).actionDueAt).toBe(T1)
  })

  it('leaves the follow-up time of any other status alone', () => {
    const lead = makeOwnLead({ attachments: files(1) })
    expect(changed(detachFile(1)(lead, T1)).actionDueAt).toBe(own.actionDueAt)
  })
})
