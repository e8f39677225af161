import type { FastifyInstance } from 'fastify'
import { refuse } from '../../core/errors.ts'

/**
 * Watches which methods the paths of a face get. Call it before the face adds its routes, and what it returns after the
 * last of them: every other method of those paths then answers 405 with `Allow`. Such a call is authenticated and
 * counted like any other that is refused.
 */
export function watchMethods(instance: FastifyInstance): () => void {
  const methodsOf = new Map<string, Set<string>>()
  instance.addHook('onRoute', ({ routePath, method }) => {
    const known = methodsOf.get(routePath) ?? new Set()
    for (const one of [method].flat()) known.add(one)
    methodsOf.set(routePath, known)
  })
  return () => {
    for (const [path, methods] of [...methodsOf]) refuseOthers(instance, path, [...methods].sort())
  }
}

function refuseOthers(instance: FastifyInstance, url: string, methods: readonly string[]): void {
  const allowed = methods.join(', ')
  instance.route({
    method: instance.supportedMethods.filter((method) => !methods.includes(method)),
    url,
    schema: { hide: true },
    exposeHeadRoute: false,
    // Before a body is read: what it holds makes no difference.
    onRequest: async ({ method }, reply) => {
      reply.header('allow', allowed)
      refuse('request.method-not-allowed', `This path has no ${method}; its methods are ${allowed}.`)
    },
    handler: () => {
      throw new Error('A refused method came through to a handler.')
    },
  })
}
