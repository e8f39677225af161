import { addCommand, type Group } from './command.ts'

export function addServe(group: Group): void {
  addCommand(group, {
    name: 'serve',
    summary: 'Run the server until it is told to stop, as `npm start` does.',
    example: 'serve',
    options: [],
    run: async (_, io) => {
      // Loaded here alone: the other commands need nothing of the HTTP server.
      const { serve } = await import('../main.ts')
      await serve(io.env, io.cwd)
      return undefined
    },
  })
}
