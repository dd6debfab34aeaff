import { readFile } from 'node:fs/promises'
import { Validator } from '@seriousme/openapi-schema-validator'
import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { examples } from '../../scripts/openapi/examples.js'
import { openapiDocument, openapiFile } from '../../scripts/openapi/openapi-document.js'
import { conformanceLevels } from '../../src/cli/conformance/client/conformance-levels.js'
import { errorCodes } from '../../src/protocol/error-response.js'
import { type OperationName, responseSchemas } from '../../src/protocol/operations.js'
import { parseRequest, parseResponse } from '../../src/protocol/parse.js'

// The keys of the table are the operations.
const operations = Object.keys(responseSchemas) as OperationName[]
const text = await readFile(openapiFile, 'utf8')
const document = JSON.parse(text)

const schemas = new Ajv2020({ strict: false })
addFormats(schemas)
schemas.addSchema(document, 'document')
const fits = (component: string, value: unknown) =>
  schemas.getSchema(`document#/components/schemas/${component}`)?.(value)

test('docs/openapi.json is what src/protocol says: after a change, run "npm run openapi"', async () => {
  expect(await openapiDocument()).toBe(text)
})

test('docs/openapi.json is valid OpenAPI 3.1', async () => {
  const result = await new Validator().validate(document)

  expect(result).toMatchObject({ valid: true })
})

test('docs/openapi.json names every error code with its status', () => {
  const statuses = Object.keys(document.paths['/'].post.responses)

  expect(Object.keys(document['x-error-codes'])).toEqual(Object.keys(errorCodes))
  expect(statuses).toEqual(
    expect.arrayContaining(Object.values(errorCodes).map(({ status }) => String(status))),
  )
})

test('every operation belongs to one level', () => {
  const levels = Object.values(conformanceLevels).flat()

  expect(levels).toEqual([...new Set(levels)])
  expect(levels).toEqual(expect.arrayContaining(operations))
})

describe.each(operations)('the schemas of %s', (operation) => {
  const { request, response } = examples[operation]
  const title = operation.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())

  test('fit the examples, as the parsers do', () => {
    expect([fits('OperationRequest', request), readsRequest(request)]).toEqual([true, true])
    expect([fits(`${title}Response`, response), readsResponse(operation, response)]).toEqual([
      true,
      true,
    ])
  })

  test('refuse and accept what the parsers refuse and accept', () => {
    const requests = [...changesOf(request)]
    const responses = [...changesOf(response)]

    expect(
      requests.filter((value) => fits('OperationRequest', value) !== readsRequest(value)),
    ).toEqual([])
    expect(
      responses.filter(
        (value) => fits(`${title}Response`, value) !== readsResponse(operation, value),
      ),
    ).toEqual([])
    expect(requests.filter(readsRequest).length).toBeGreaterThan(0)
  })
})

function readsRequest(value: unknown): boolean {
  const parsed = parseRequest(value)
  return parsed.ok && !JSON.stringify(parsed.value).includes('"invalid-request"')
}

function readsResponse(operation: OperationName, value: unknown): boolean {
  const parsed = parseResponse(operation, value)
  return parsed.ok && !JSON.stringify(parsed.value).includes('"endpoint-answer"')
}

/** The value with one place in it left out, replaced by something else, or given an unknown field. */
function* changesOf(value: unknown): Generator<unknown> {
  yield* [null, 0, -1, 1.5, 2 ** 60, 'x', '', 'y'.repeat(20_000), 'ftp://host/', true, {}]
  if (typeof value !== 'object' || value === null) {
    // Not in the place of an object: to the parsers an array is one.
    yield []
    return
  }
  if (Array.isArray(value)) {
    yield Array.from({ length: 101 }, () => value[0])
    for (const [index, item] of value.entries()) {
      for (const changed of changesOf(item)) yield value.with(index, changed)
    }
    return
  }
  yield { ...value, unknownField: 1 }
  for (const [name, field] of Object.entries(value)) {
    const { [name]: _, ...others } = value as Record<string, unknown>
    yield others
    for (const changed of changesOf(field)) yield { ...value, [name]: changed }
  }
}
