/** A session of a browser by the WebDriver protocol: https://www.w3.org/TR/webdriver2/ */
export interface WebDriverSession {
  /** What the browser says it is and can. */
  readonly capabilities: Readonly<Record<string, unknown>>
  send<Answer>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<Answer>
}

/** The name under which an answer has the id of an element. */
export const elementKey = 'element-6066-11e4-a52e-4f735466cecf'

/** Begins a session at a driver that listens. */
export async function beginSession(url: string, capabilities: object): Promise<WebDriverSession> {
  const body = { capabilities: { alwaysMatch: capabilities } }
  const session = await command<{ sessionId: string; capabilities: Record<string, unknown> }>(
    'POST',
    `${url}/session`,
    body,
  )
  return {
    capabilities: session.capabilities,
    send: (method, path, given) =>
      command(method, `${url}/session/${session.sessionId}${path}`, given),
  }
}

async function command<Answer>(method: string, url: string, body?: object): Promise<Answer> {
  const response = await fetch(url, {
    method,
    ...(method === 'POST' && { body: JSON.stringify(body ?? {}) }),
  })
  // The protocol wraps every answer so.
  const { value } = (await response.json()) as {
    value: Answer & { error?: string; message?: string }
  }
  if (response.ok) return value
  throw new Error(`WebDriver ${method} ${new URL(url).pathname}: ${value.error}: ${value.message}`)
}
