import type { Runtime } from '../../async/runtime.js'

/** Finds out whether an answer was kept from the page by its own Cross-Origin-Embedder-Policy: then there was one. */
interface EmbedderPolicyWatch {
  /** Undefined where the policy may have done it, and the browser does not tell. */
  hasHiddenAnswer(): Promise<boolean | undefined>
  stop(): void
}

/** A browser tells of it a moment after the request has failed. */
const reportDelayMs = 200

/**
 * Watches requests to an origin, from before they are sent.
 *
 * @see https://html.spec.whatwg.org/multipage/browsers.html#coep
 */
export function watchEmbedderPolicy(
  origin: string,
  { setTimer }: Pick<Runtime, 'setTimer'>,
): EmbedderPolicyWatch {
  // Chromium alone tells what it has blocked.
  if (!globalThis.ReportingObserver) return { hasHiddenAnswer: unlessAllowed, stop() {} }
  let isHidden = false
  const observer = new ReportingObserver(
    (reports) => {
      isHidden ||= reports.some((report) => isAbout(origin, report))
    },
    { types: ['coep'] },
  )
  observer.observe()
  return {
    async hasHiddenAnswer() {
      await new Promise<void>((resolve) => setTimer(resolve, reportDelayMs))
      return isHidden
    },
    stop: () => observer.disconnect(),
  }
}

function isAbout(origin: string, { body }: Report): boolean {
  // Its fields are seen in its JSON alone.
  return JSON.stringify(body).includes(`"${origin}/`)
}

/** Only the page's own headers say whether it has such a policy. */
async function unlessAllowed(): Promise<boolean | undefined> {
  try {
    const page = await fetch(globalThis.location.href, { method: 'HEAD' })
    const policy = page.headers.get('cross-origin-embedder-policy') ?? ''
    return policy.includes('require-corp') ? undefined : false
  } catch {
    return false
  }
}
