import { ApiProblem, apiUrl, newKey, OfflineError, problemOf } from '../../api/client.ts'
import { askToSignIn } from '../../api/session-gate.ts'
import type { Lead } from '../../api/types.ts'

/** Sends one file; `onProgress` hears of the part that is gone, from 0 to 1. */
export async function uploadFile(leadId: number, file: File, onProgress: (part: number) => void): Promise<Lead> {
  const key = newKey()
  let response = await send(leadId, file, key, onProgress)
  if (response.status === 401 && (await askToSignIn())) response = await send(leadId, file, key, onProgress)
  if (!response.ok) throw new ApiProblem(await problemOf(response))
  return (await response.json()) as Lead
}

/** By the older interface: fetch cannot tell how far an upload is. */
function send(leadId: number, file: File, key: string, onProgress: (part: number) => void): Promise<Response> {
  const body = new FormData()
  body.append('file', file, file.name)
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', apiUrl(`/leads/${leadId}/attachments`))
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('idempotency-key', key)
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total))
    request.addEventListener('load', () =>
      resolve(new Response(request.responseText || null, { status: request.status })),
    )
    request.addEventListener('error', () => reject(new OfflineError()))
    request.send(body)
  })
}
