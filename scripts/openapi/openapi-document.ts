import { fileURLToPath } from 'node:url'
import type { JsonSchema } from '@valibot/to-json-schema'
import { conformanceLevels } from '../../src/cli/conformance/client/conformance-levels.js'
import { componentSchemas } from './component-schemas.js'
import { errorAnswers, errorCodeTable } from './error-answers.js'
import { examples } from './examples.js'
import { type OperationSchemas, readProtocolSchemas } from './protocol-schemas.js'

/** Where the document lies. */
export const openapiFile = fileURLToPath(new URL('../../docs/openapi.json', import.meta.url))

const description =
  'What the browser and the signing endpoint say to each other: one URL, one operation per request, told apart by ' +
  '`operation`. Unknown fields are ignored by both sides. In a batch, the answer has one entry per item in the same ' +
  'order, and a malformed item is refused in its place. What a server does not offer it answers with ' +
  '`unsupported-operation`. The rules that a schema cannot say are in docs/protocol.md.'

/** Writes the OpenAPI document of the protocol from its schemas. */
export async function openapiDocument(): Promise<string> {
  const protocol = await readProtocolSchemas()
  const document = {
    openapi: '3.1.0',
    info: { title: 'Signing endpoint of s3-direct-upload', version: '1', description },
    servers: [{ url: '/api/s3', description: 'Wherever your app puts it.' }],
    paths: { '/': { post: endpointOf(protocol.operations) } },
    components: {
      schemas: { ...componentSchemas(protocol), ...unionsOf(protocol.operations) },
      headers: {
        RetryAfter: {
          description: 'When to try again; honoured with every status.',
          schema: { type: 'integer', minimum: 0 },
        },
      },
    },
    'x-error-codes': errorCodeTable(protocol),
    'x-conformance-levels': conformanceLevels,
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

function endpointOf(operations: readonly OperationSchemas[]): object {
  return {
    operationId: 'runOperation',
    summary: 'Runs one operation for whoever is signed in.',
    requestBody: { required: true, content: content('OperationRequest', operations, 'request') },
    responses: {
      200: {
        description: 'The answer to the operation.',
        content: content('OperationResponse', operations, 'response'),
      },
      ...errorAnswers(),
    },
  }
}

function content(
  schema: string,
  operations: readonly OperationSchemas[],
  side: 'request' | 'response',
): object {
  // The table has an example of every operation.
  const named = operations.map(({ name }) => {
    const { [side]: value } = examples[name as keyof typeof examples]
    return [name, { value }]
  })
  const reference = { $ref: `#/components/schemas/${schema}` }
  return { 'application/json': { schema: reference, examples: Object.fromEntries(named) } }
}

function unionsOf(operations: readonly OperationSchemas[]): Record<string, JsonSchema | object> {
  const reference = (name: string) => `#/components/schemas/${name}`
  return {
    OperationRequest: {
      description: 'Every operation, told apart by `operation`.',
      oneOf: operations.map(({ title }) => ({ $ref: reference(`${title}Request`) })),
      discriminator: {
        propertyName: 'operation',
        mapping: Object.fromEntries(
          operations.map(({ name, title }) => [name, reference(`${title}Request`)]),
        ),
      },
    },
    OperationResponse: {
      description: 'The response to an operation; which one it is says the request.',
      anyOf: operations.map(({ title }) => ({ $ref: reference(`${title}Response`) })),
    },
  }
}
