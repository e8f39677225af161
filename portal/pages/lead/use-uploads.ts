import { useState } from 'react'
import { putLead } from '../../api/queries/lead.ts'
import { messageOf } from '../../ui/error-state.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { uploadFile } from './upload.ts'

export interface Upload {
  readonly id: string
  readonly name: string
  /** From 0 to 1. */
  readonly part: number
  readonly error: string | null
}

/** The files that are on their way, one after the other so that a phone's line is not cut in pieces. */
export function useUploads(leadId: number) {
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const change = (id: string, news: Partial<Upload>) =>
    setUploads((all) => all.map((each) => (each.id === id ? { ...each, ...news } : each)))
  const dismiss = (id: string) => setUploads((all) => all.filter((each) => each.id !== id))

  const start = async (files: readonly File[]): Promise<void> => {
    const queue = files.map((file) => ({ file, id: crypto.randomUUID() }))
    setUploads((all) => [...all, ...queue.map(({ file, id }) => ({ id, name: file.name, part: 0, error: null }))])
    let done = 0
    for (const { file, id } of queue) {
      try {
        putLead(await uploadFile(leadId, file, (part) => change(id, { part })))
        dismiss(id)
        done++
      } catch (error) {
        change(id, { error: messageOf(error) })
      }
    }
    if (done > 0) toastDone(done === 1 ? 'The file is attached.' : `${done} files are attached.`)
  }
  return { uploads, start, dismiss }
}
