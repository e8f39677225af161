import { call } from '../../api/client.ts'
import { keys } from '../../api/keys.ts'
import { queryClient } from '../../api/query-client.ts'

/** Keeps filters, search and order under a name. */
export async function saveView(name: string, query: string): Promise<void> {
  await call('/views', { body: { name, query } })
  await queryClient.invalidateQueries({ queryKey: keys.views })
}
