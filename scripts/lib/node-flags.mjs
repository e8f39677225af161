/**
 * How Node keeps its memory when it runs our programs. V8 sizes its spaces for a machine with much memory and one program
 * on it: under load the server then takes a half more, nearly all of it garbage that waits to be collected. The price is
 * a few hundredths of the server's processor time (docs/performance.md).
 */
export const NODE_FLAGS = ['--max-semi-space-size=12', '--heap-growing-percent=40']
