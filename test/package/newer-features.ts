import { type Node, parse } from 'acorn'
import { hasGlobal, hasMember } from './browser-compat.js'

/** Something that the oldest supported browsers lack. */
export interface NewerFeature {
  readonly name: string
  readonly line: number
  readonly isCalled?: boolean
}

/** Finds syntax after ES2022, and globals and members that came after the browsers of the floor. */
export function newerFeatures(source: string): NewerFeature[] {
  let tree: Node
  try {
    tree = parse(source, { ecmaVersion: 2022, sourceType: 'module', locations: true })
  } catch (error) {
    const { message, loc } = error as SyntaxError & { loc: { line: number } }
    return [{ name: `syntax: ${message}`, line: loc.line }]
  }
  const bound = new Set<string>()
  visit(tree, (node) => {
    for (const name of boundBy(node)) bound.add(name)
  })
  const found: NewerFeature[] = []
  visit(tree, (node, parent) => {
    const isCalled = parent?.type === 'CallExpression' && parent.callee === node
    const note = (name: string) => found.push({ name, line: node.loc?.start.line ?? 0, isCalled })
    if (isReference(node, parent) && !bound.has(node.name) && !hasGlobal(node.name)) note(node.name)
    for (const { receiver, name, ofGlobalOnly } of membersUsedBy(node)) {
      const owner = receiver !== undefined && bound.has(receiver) ? undefined : receiver
      if (owner === undefined && ofGlobalOnly) continue
      if (!hasMember(owner, name)) note(source.slice(node.start, node.end))
    }
  })
  return found
}

interface Syntax extends Node {
  readonly [field: string]: unknown
}

interface Name extends Node {
  readonly name: string
}

function visit(node: Node, look: (node: Syntax, parent: Syntax | undefined) => void): void {
  const go = (current: Syntax, parent: Syntax | undefined) => {
    look(current, parent)
    for (const child of Object.values(current).flat()) if (isNode(child)) go(child, current)
  }
  go(node as Syntax, undefined)
}

function isNode(value: unknown): value is Syntax {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value
}

function isName(node: unknown): node is Name {
  return isNode(node) && node.type === 'Identifier'
}

/** Whether a name stands for a value, and not for a member or a label. */
function isReference(node: Node, parent: Syntax | undefined): node is Name {
  if (!isName(node) || !parent) return false
  const isMember = parent.type === 'MemberExpression' && parent.property === node
  const isKey = /Property|Method|PropertyDefinition/.test(parent.type) && parent.key === node
  return !((isMember || isKey) && !parent.computed)
}

const declaring: Readonly<Record<string, readonly string[]>> = {
  VariableDeclarator: ['id'],
  FunctionDeclaration: ['id', 'params'],
  FunctionExpression: ['id', 'params'],
  ArrowFunctionExpression: ['params'],
  ClassDeclaration: ['id'],
  ClassExpression: ['id'],
  CatchClause: ['param'],
  ImportSpecifier: ['local'],
  ImportDefaultSpecifier: ['local'],
  ImportNamespaceSpecifier: ['local'],
}

/** Taken for bound in the whole file: one file is one small module. */
function boundBy(node: Syntax): string[] {
  return (declaring[node.type] ?? []).flatMap((field) => [node[field]].flat().flatMap(namesIn))
}

function namesIn(pattern: unknown): string[] {
  if (isName(pattern)) return [pattern.name]
  if (!isNode(pattern)) return []
  const { type, properties, elements, value, left, argument } = pattern
  if (type === 'ObjectPattern') return [properties].flat().flatMap(namesIn)
  if (type === 'ArrayPattern') return [elements].flat().flatMap(namesIn)
  if (type === 'AssignmentPattern') return namesIn(left)
  return namesIn(type === 'RestElement' ? argument : value)
}

interface UsedMember {
  readonly receiver: string | undefined
  readonly name: string
  /** Whether it counts only for a global: what is taken out of other objects is mostly our own. */
  readonly ofGlobalOnly?: true
}

/** `receiver.name`, `const { name } = receiver`, and the events of `addEventListener`. */
function membersUsedBy(node: Syntax): UsedMember[] {
  if (node.type === 'MemberExpression') {
    const name = node.computed ? textOf(node.property) : nameOf(node.property)
    return name === undefined ? [] : [{ receiver: receiverOf(node.object), name }]
  }
  if (node.type === 'VariableDeclarator' && isNode(node.id) && node.id.type === 'ObjectPattern') {
    return keysOf(node.id).map((name) => ({
      receiver: receiverOf(node.init),
      name,
      ofGlobalOnly: true,
    }))
  }
  if (node.type === 'CallExpression' && isNode(node.callee)) {
    const name = nameOf(node.callee.property) ?? nameOf(node.callee)
    const isListening = name === 'addEventListener'
    const event = textOf([node.arguments].flat()[0])
    if (isListening && event) return [{ receiver: undefined, name: `${event}_event` }]
  }
  return []
}

/** The global itself, or the one that is read from the global object. */
function receiverOf(node: unknown): string | undefined {
  if (isName(node)) return node.name
  const isOfGlobal =
    isNode(node) &&
    node.type === 'MemberExpression' &&
    /^(globalThis|window|self)$/.test(nameOf(node.object) ?? '')
  if (isOfGlobal) return nameOf(node.property)
  return isNode(node) && node.type === 'ChainExpression' ? receiverOf(node.expression) : undefined
}

function keysOf({ properties }: Syntax): string[] {
  return [properties]
    .flat()
    .flatMap((property) => (isNode(property) ? nameOf(property.key) : []) ?? [])
}

function nameOf(node: unknown): string | undefined {
  return isName(node) ? node.name : undefined
}

function textOf(node: unknown): string | undefined {
  return isNode(node) && typeof node.value === 'string' ? node.value : undefined
}
