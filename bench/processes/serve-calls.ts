/** Functions that another process offers. */
export type Methods = Record<string, (...args: never[]) => unknown>

/** A call from the process that started this one. */
export interface Call {
  readonly id: number
  readonly name: string
  readonly args: readonly unknown[]
}

/** What came of a call. */
export interface Answer {
  readonly id: number
  readonly value?: unknown
  readonly error?: string
}

/** Offers functions to the process that started this one; `create` gets the options it gave. */
export function serveCalls<Options, Offered extends Methods>(
  create: (options: Options) => Offered | Promise<Offered>,
): void {
  // Written by `startProcess`, from options of this type.
  const options = JSON.parse(process.argv[2] ?? 'null') as Options
  const offered = Promise.resolve(create(options))
  process.on('message', (call: Call) => {
    void answer(offered, call).then((result) => process.send?.(result))
  })
  // The process that it serves has ended.
  process.on('disconnect', () => process.exit())
}

async function answer(offered: Promise<Methods>, { id, name, args }: Call): Promise<Answer> {
  try {
    const method = (await offered)[name]
    if (!method) throw new Error(`No function is called "${name}".`)
    // The caller's types hold the arguments to the function.
    return { id, value: await method(...(args as never[])) }
  } catch (error) {
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}
