import { type Config, readConfig } from '../config.ts'
import { addCommand, type Group, type Output } from './command.ts'
import { checkDataDir, checkDisk } from './doctor-files.ts'
import type { Finding } from './doctor-finding.ts'
import { checkStore } from './doctor-store.ts'
import { explain } from './explain.ts'
import type { CliIo } from './io.ts'
import { formatTable } from './table.ts'
import { withEngine } from './with-app.ts'

export function addDoctor(group: Group): void {
  addCommand(group, {
    name: 'doctor',
    summary: 'Check settings, PostgreSQL, the store, disk and file modes; exit code 1 when something is wrong.',
    example: 'doctor',
    options: [],
    run: async (_, io) => report(await examine(io)),
  })
}

async function examine(io: CliIo): Promise<Finding[]> {
  let config: Config
  try {
    config = readConfig(io.env, io.cwd)
  } catch (error) {
    return [{ check: 'settings', ok: false, detail: messageOf(error) }]
  }
  const store = await withEngine(io, config, checkStore).catch((error: unknown) => [
    { check: 'postgresql', ok: false, detail: messageOf(error) },
  ])
  // After the store: the embedded PostgreSQL makes the folder on its first start.
  return [
    { check: 'settings', ok: true, detail: 'all within their ranges' },
    ...store,
    ...(await checkDisk(config.dataDir)),
    ...(await checkDataDir(config.dataDir)),
  ]
}

function report(findings: readonly Finding[]): Output {
  const ok = findings.every((finding) => finding.ok)
  const rows = findings.map((finding) => [finding.ok ? 'ok' : 'WRONG', finding.check, finding.detail])
  return { json: { ok, findings }, text: formatTable(['', 'CHECK', 'FOUND'], rows), exitCode: ok ? 0 : 1 }
}

function messageOf(error: unknown): string {
  return explain(error).replace(/\s*\n\s*/g, ' ')
}
