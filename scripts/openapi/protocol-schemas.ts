import { readdir, readFile } from 'node:fs/promises'
import * as v from 'valibot'
import { responseSchemas } from '../../src/protocol/operations.js'
import { operationRequestSchema } from '../../src/protocol/requests.js'
import { type DocComment, readDocComments } from './doc-comments.js'
import type { Schema } from './plain-schema.js'

const folder = new URL('../../src/protocol/', import.meta.url)

/** A request of one operation and the response to it. */
export interface OperationSchemas {
  readonly name: string
  /** As it begins a component's name, such as `SignUploads`. */
  readonly title: string
  readonly request: Schema
  readonly response: Schema
}

/** Everything that `src/protocol` says. */
export interface ProtocolSchemas {
  readonly operations: readonly OperationSchemas[]
  /** The schemas by the names of their components. */
  readonly named: Readonly<Record<string, Schema>>
  readonly comments: ReadonlyMap<string, DocComment>
}

/** Reads the schemas, named after their exports (`signedPostSchema` is `SignedPost`), and what their comments say. */
export async function readProtocolSchemas(): Promise<ProtocolSchemas> {
  const operations = readOperations()
  const named: Record<string, Schema> = {}
  for (const { title, request, response } of operations) {
    named[`${title}Request`] = request
    named[`${title}Response`] = response
  }
  const comments = new Map<string, DocComment>()
  for (const file of (await readdir(folder)).toSorted()) {
    const url = new URL(file, folder)
    for (const [name, comment] of readDocComments(await readFile(url, 'utf8'))) {
      comments.set(name, comment)
    }
    const module: Record<string, unknown> = await import(url.href)
    for (const [name, schema] of Object.entries(module).toSorted(byName))
      addNamed(named, name, schema)
  }
  return { operations, named, comments }
}

function readOperations(): OperationSchemas[] {
  const requests = new Map(
    operationRequestSchema.options.map((request) => [request.entries.operation.literal, request]),
  )
  return Object.entries(responseSchemas).map(([name, response]) => {
    // The keys of this table are the operations.
    const request = requests.get(name as keyof typeof responseSchemas)
    if (request === undefined) throw new Error(`${name} has a response and no request.`)
    return { name, title: titleOf(name), request, response }
  })
}

/** Loaders do not agree on the order of a module's exports. */
function byName([left]: [string, unknown], [right]: [string, unknown]): number {
  return left < right ? -1 : 1
}

/** Adds an export that is a schema and has no name yet. */
function addNamed(named: Record<string, Schema>, exportName: string, schema: unknown): void {
  const [, name] = /^(\w+)Schema$/.exec(exportName) ?? []
  if (name === undefined || !v.is(v.object({ kind: v.literal('schema') }), schema)) return
  const isKnown = Object.values(named).some((other) => other === (schema as object))
  // What has this kind and ends in "Schema" is one.
  if (!isKnown) named[titleOf(name)] = schema as unknown as Schema
}

function titleOf(name: string): string {
  return name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())
}
