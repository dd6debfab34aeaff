import { type JsonSchema, toJsonSchemaDefs } from '@valibot/to-json-schema'
import * as v from 'valibot'
import { plainSchemas, probesFor } from './plain-schema.js'
import type { ProtocolSchemas } from './protocol-schemas.js'

const regexAction = v.object({ type: v.literal('regex'), requirement: v.instance(RegExp) })

/** Writes the component schemas of the document, with what the comments in the source say of them. */
export function componentSchemas({ named, comments }: ProtocolSchemas): Record<string, JsonSchema> {
  const plain = plainSchemas(probesFor(Object.values(named)))
  const definitions = Object.fromEntries(
    Object.entries(named).map(([name, schema]) => [name, plain(schema)]),
  )
  const schemas = toJsonSchemaDefs(definitions, {
    target: 'draft-2020-12',
    typeMode: 'input',
    overrideRef: ({ referenceId }) => `#/components/schemas/${referenceId}`,
    overrideAction: ({ valibotAction, jsonSchema }) => {
      // JSON knows no other numbers.
      if (valibotAction.type === 'finite') return jsonSchema
      if (!v.is(regexAction, valibotAction)) return undefined
      return { ...jsonSchema, pattern: patternOf(valibotAction.requirement) }
    },
  })
  for (const [name, schema] of Object.entries(schemas)) describe(name, schema, comments)
  return schemas
}

/** JSON Schema knows no flags: `i` is written out. */
function patternOf({ source, flags }: RegExp): string {
  if (!flags.includes('i')) return source
  return source.replace(/[a-z]/gi, (letter) => `[${letter.toUpperCase()}${letter.toLowerCase()}]`)
}

function describe(name: string, schema: JsonSchema, comments: ProtocolSchemas['comments']): void {
  const schemaName = `${name.charAt(0).toLowerCase()}${name.slice(1)}Schema`
  const found = [comments.get(schemaName), comments.get(name)].filter(
    (entry) => entry !== undefined,
  )
  const description = found.map((comment) => comment.description).find(Boolean)
  if (description) schema.description = description
  for (const [field, property] of Object.entries(schema.properties ?? {})) {
    const text = found.map(({ fields }) => fields.get(field)).find(Boolean)
    if (text && typeof property === 'object') property.description = text
  }
}
