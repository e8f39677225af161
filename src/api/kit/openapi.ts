import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'

const DESCRIPTION = `Leadwright serves two lead APIs and its own over one lead record. A program written for
RenovationFind's or ConstructionOnline's API works here with only its base URL changed, and a change made through one
shows in the others. Every write that describes it takes an \`Idempotency-Key\` header: the same key with the same request
gives the stored answer for at least 24 hours.`

/** Collects the routes' schemas into one OpenAPI 3.1 document; call before the faces are mounted. */
export async function collectOpenApi(server: FastifyInstance): Promise<void> {
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Leadwright', version: '0.1.0', description: DESCRIPTION, license: { name: 'Apache-2.0' } },
      tags: [
        { name: 'RenovationFind', description: 'The RenovationFind vendor API.' },
        { name: 'ConstructionOnline', description: 'The ConstructionOnline Leads API.' },
        { name: 'Leadwright', description: 'Leadwright’s own API: everything that the portal does.' },
      ],
      components: {
        securitySchemes: {
          renovationFindToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
          leadwrightToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
          leadwrightSession: { type: 'apiKey', in: 'cookie', name: 'leadwright_session' },
          constructionOnlineBasic: { type: 'http', scheme: 'basic' },
          constructionOnlineKey: { type: 'apiKey', in: 'header', name: 'APIKey' },
        },
      },
    },
  })
}

/** The document at /openapi.json and a page to browse and try it at /docs. */
export async function serveOpenApi(server: FastifyInstance): Promise<void> {
  await server.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    // Plain http is what this server speaks; behind a proxy the page's own address says https.
    transformStaticCSP: (policy) => policy.replace(/\s*upgrade-insecure-requests;?/, ''),
    uiConfig: { docExpansion: 'list' },
    theme: {
      title: 'Leadwright API',
      // The bar would ask for another document's address under another project's sign.
      css: [{ filename: 'leadwright.css', content: '.swagger-ui .topbar { display: none }' }],
    },
  })
  let text: string | null = null
  server.get('/openapi.json', { schema: { hide: true } }, async (_request, reply) => {
    text ??= JSON.stringify(server.swagger())
    return reply.type('application/json; charset=utf-8').send(text)
  })
}
