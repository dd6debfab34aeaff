import * as v from 'valibot'

/** Any schema of the protocol. */
export type Schema = v.GenericSchema

const itemMetadata = v.object({ item: v.custom<Schema>((item) => isSchema(item)) })

/**
 * Rewrites schemas so that JSON Schema can say the same: choices made by a function become unions, and lists whose items
 * are read one by one name their items. The same schema always becomes the same one.
 */
export function plainSchemas(probes: readonly unknown[]): (schema: Schema) => Schema {
  const known = new Map<Schema, Schema>()
  const plain = (schema: Schema): Schema => {
    const rewritten = known.get(schema) ?? rewrite(schema)
    known.set(schema, rewritten)
    return rewritten
  }

  function rewrite(schema: Schema): Schema {
    if (isPipe(schema)) return rewritePipe(schema)
    if (isOfType<v.LazySchema<Schema>>(schema, 'lazy')) return v.union(formsOf(schema).map(plain))
    if (isOfType<v.ArraySchema<Schema, undefined>>(schema, 'array')) {
      return v.array(plain(schema.item))
    }
    if (isOfType<v.OptionalSchema<Schema, unknown>>(schema, 'optional')) {
      return v.optional(plain(schema.wrapped), schema.default)
    }
    if (isOfType<v.VariantSchema<string, [], undefined>>(schema, 'variant')) {
      return v.union((schema.options as readonly Schema[]).map(plain))
    }
    if (isOfType<v.ObjectSchema<Record<string, Schema>, undefined>>(schema, 'object')) {
      const entries = Object.entries(schema.entries)
      return v.object(Object.fromEntries(entries.map(([name, entry]) => [name, plain(entry)])))
    }
    return schema
  }

  function rewritePipe({ pipe: [root, ...steps] }: Pipe): Schema {
    const metadata = steps.find((step) => step.type === 'metadata')
    const named = v.safeParse(v.object({ metadata: itemMetadata }), metadata)
    const start = named.success ? v.array(plain(named.output.metadata.item)) : plain(root)
    const checks = steps.filter((step) => step.kind === 'validation')
    // A pipe keeps its steps whatever their types; these have been in one before.
    return v.pipe(start, ...(checks as [v.PipeAction<unknown, unknown, v.BaseIssue<unknown>>]))
  }

  /** Every schema the choice ends in, for one of the probes. */
  function formsOf({ getter }: v.LazySchema<Schema>): Schema[] {
    return [...new Set(probes.map((probe) => getter(probe)))].flatMap((form) =>
      isOfType<v.LazySchema<Schema>>(form, 'lazy') ? formsOf(form) : [form],
    )
  }

  return plain
}

/** Objects with one field each, for every field and literal of the schemas: what a choice may look at. */
export function probesFor(schemas: readonly Schema[]): readonly unknown[] {
  const probes = new Map<string, unknown>()
  const visit = (schema: Schema): void => {
    if (isOfType<v.ObjectSchema<Record<string, Schema>, undefined>>(schema, 'object')) {
      for (const [name, entry] of Object.entries(schema.entries)) {
        for (const value of valuesOf(entry))
          probes.set(JSON.stringify([name, value]), { [name]: value })
        visit(entry)
      }
    }
    for (const part of partsOf(schema)) visit(part)
  }
  schemas.forEach(visit)
  return [...probes.values()]
}

function partsOf(schema: Schema): readonly Schema[] {
  if (isPipe(schema)) return [schema.pipe[0]]
  const parts = v.safeParse(v.object({ options: v.array(v.custom<Schema>(isSchema)) }), schema)
  return parts.success ? parts.output.options : []
}

function valuesOf(schema: Schema): readonly unknown[] {
  return isOfType<v.LiteralSchema<string, undefined>>(schema, 'literal') ? [schema.literal] : ['x']
}

interface Pipe extends Schema {
  readonly pipe: readonly [Schema, ...{ readonly kind: string; readonly type: string }[]]
}

function isPipe(schema: Schema): schema is Pipe {
  return 'pipe' in schema
}

function isOfType<Wanted>(schema: Schema, type: string): schema is Schema & Wanted {
  return schema.type === type
}

function isSchema(value: unknown): boolean {
  return v.is(v.object({ kind: v.literal('schema') }), value)
}
