import type { SigningOptions } from 's3-direct-upload/server'
import { resolveOptions, type SigningConfig } from '../../../src/server/config/signing-config.js'
import { createConfiguredHandler } from '../../../src/server/create-signing-handler.js'
import type { Random } from '../../support/random.js'
import type { Clock } from '../clock/clock.js'
import { Process } from '../clock/process.js'
import { createVirtualRuntime, serverClock, startMs } from '../clock/virtual-runtime.js'
import type { ServerFacts } from '../scenario/scenario.js'
import type { CredentialSeries } from './credentials.js'
import { bucket, storageUrl } from './object-storage.js'

/** What the endpoint has answered. */
export interface EndpointAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

interface Server {
  readonly process: Process
  readonly config: SigningConfig
}

interface ServersOptions {
  readonly clock: Clock
  readonly random: Random
  readonly facts: ServerFacts
  readonly credentials: CredentialSeries
  /** The way of a server's own requests to S3; the second is the page's request that it works on. */
  readonly fetch: (request: Request, received: Request) => Promise<Response>
  readonly app: AppOptions
}

/** What is not the same for all servers. */
interface OwnFacts {
  readonly aheadSeconds: number
  readonly secrets: readonly string[]
}

/** What the app tells its handlers; whoever has signed out is no caller. */
export type AppOptions = Partial<SigningOptions> & Pick<SigningOptions, 'authorize'>

const mebibyte = 'MiB'

/** The signing handlers behind one address: one server, or two that take turns. */
export class Servers {
  isSignedIn = true
  /** How many sessions have ended. */
  endedSessions = 0
  readonly #options: ServersOptions
  #secrets: readonly string[] = ['a secret of at least thirty-two characters 1']
  #running: Server[]
  #next = 0
  #isRollingOut = false

  constructor(options: ServersOptions) {
    this.#options = options
    this.#running = this.#start()
  }

  /** Answers a request in the name of one of the servers; never, if that ends before. */
  answer(request: () => Request, take: (answer: EndpointAnswer) => void): Process {
    const { clock, fetch } = this.#options
    const server = this.#running[this.#next % this.#running.length] as Server
    this.#next += 1
    const work = async () => {
      const received = request()
      const config = { ...server.config, fetch: (sent: Request) => fetch(sent, received) }
      const response = await createConfiguredHandler(config)(received)
      const { status, headers } = response
      take({ status, headers, text: await response.text() })
    }
    clock.at(0, () => void work(), { process: server.process })
    return server.process
  }

  /** The newest first. */
  get secrets(): readonly string[] {
    return this.#secrets
  }

  /** Ends all servers with all they were doing, and starts new ones. */
  restart(): readonly Process[] {
    const ended = this.#running.map(({ process }) => process)
    for (const process of ended) process.end()
    this.#running = this.#start()
    return ended
  }

  /** The session of the user ends. */
  signOut(): void {
    this.isSignedIn = false
    this.endedSessions += 1
  }

  /** Restarts with a new secret; the older ones still verify. */
  rotateSecret(): readonly Process[] {
    const name = `a secret of at least thirty-two characters ${this.#secrets.length + 1}`
    this.#secrets = [name, ...this.#secrets]
    return this.restart()
  }

  /** Restarts with a new secret on one server, beside one that still signs with the older; both verify both. */
  beginRollOut(): readonly Process[] {
    this.#isRollingOut = true
    return this.rotateSecret()
  }

  /** Restarts with the new secret everywhere. */
  endRollOut(): readonly Process[] {
    this.#isRollingOut = false
    return this.restart()
  }

  #start(): Server[] {
    const { secondClockAheadSeconds } = this.#options.facts
    const second = this.#isRollingOut ? 0 : undefined
    const skews = [0, secondClockAheadSeconds ?? second].filter((skew) => skew !== undefined)
    return skews.map((aheadSeconds, index) => {
      const secrets = this.#isRollingOut && index > 0 ? newestLast(this.#secrets) : this.#secrets
      return this.#startOne(`server ${index + 1}`, { aheadSeconds, secrets })
    })
  }

  #startOne(name: string, own: OwnFacts): Server {
    const { clock, random } = this.#options
    const computer = { ...serverClock, skewMs: () => own.aheadSeconds * 1000 }
    const runtime = createVirtualRuntime(clock, random, computer)
    const config = resolveOptions(this.#signingOptions(own), runtime)
    return { process: new Process(name), config }
  }

  #signingOptions({ aheadSeconds, secrets }: OwnFacts): SigningOptions {
    const { clock, facts, credentials, app } = this.#options
    return {
      ...app,
      bucket,
      region: 'us-east-1',
      endpoint: storageUrl,
      credentials: async () => credentials.at(clock.now),
      secret: secrets,
      authorize: async (request) => (this.isSignedIn ? app.authorize(request) : undefined),
      method: facts.method,
      multipartThreshold: `${facts.thresholdMebibytes}${mebibyte}`,
      partSize: `${facts.partMebibytes}${mebibyte}`,
      signatureLifetimeSeconds: facts.signatureSeconds,
      ...(facts.maxOpenUploads !== undefined && { maxOpenUploads: facts.maxOpenUploads }),
      now: () => new Date(startMs + clock.now + aheadSeconds * 1000),
      onError: () => {},
    }
  }
}

function newestLast([newest = '', ...older]: readonly string[]): readonly string[] {
  return [...older, newest]
}
