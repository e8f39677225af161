import { runCli } from './program.ts'

const { env, stdin, stdout, stderr } = process

process.exitCode = await runCli(process.argv.slice(2), { env, cwd: process.cwd(), stdin, stdout, stderr })
