import type { TestS3Profile } from 's3-direct-upload/testing'
import type { PageOptions } from '../page/page-options.js'

/** What one seed stands for, as plain JSON: whatever is in a list can be left out. */
export interface Scenario {
  readonly seed: number
  /** Name of its arrangement, where it is not left to chance what comes together. */
  readonly arranged?: string
  readonly files: readonly ScenarioFile[]
  readonly options: PageOptions
  readonly server: ServerFacts
  readonly line: LineFacts
  readonly faults: readonly Fault[]
  readonly events: readonly ScenarioEvent[]
}

/** Its size is so many mebibytes and so many bytes, whatever a mebibyte is. */
export interface ScenarioFile {
  readonly name: string
  readonly mebibytes: number
  readonly bytes: number
}

/** What the signing handlers are set to. */
export interface ServerFacts {
  readonly method: 'POST' | 'PUT'
  readonly profile: TestS3Profile
  readonly partMebibytes: number
  readonly thresholdMebibytes: number
  readonly signatureSeconds: number
  readonly maxOpenUploads?: number
  /** Temporary credentials are replaced so often. @default they last */
  readonly credentialSeconds?: number
  /** A second server answers every other request; its clock is so far ahead. @default there is one server */
  readonly secondClockAheadSeconds?: number
}

/** The way to the internet. */
export interface LineFacts {
  readonly mebibytesPerSecond: number
  readonly roundTripMs: number
  /** All connections are reset so often. @default never */
  readonly breakEverySeconds?: number
  /** One of the weathers of the line model, in place of all this. */
  readonly weather?: string
}

/** Which way a request goes: from the page to S3 or to the endpoint, or from the server to S3. */
export type Leg = 's3' | 'endpoint' | 'server'

/** What happens to the nth request of a leg, or to its nth request of one operation. */
export interface Fault {
  readonly leg: Leg
  /** @default any */
  readonly operation?: string
  readonly nth: number
  readonly kind: FaultKind
  /** Of the body, where it happens on the way. */
  readonly share?: number
  readonly seconds?: number
  readonly code?: string
}

/** Faults by the leg on which they can be. */
export const faultKinds = {
  s3: [
    'break',
    'stall',
    'refuse',
    'lose-answer',
    'delay',
    'late-delivery',
    'cors-off',
    'expired',
    'redirect',
    'flip-bit',
    'repeat',
    'empty-answer',
  ],
  endpoint: [
    '502',
    '429',
    'close-before',
    'lose-answer',
    'cut-answer',
    'delay',
    'stall',
    'late-delivery',
  ],
  server: ['503', 'close-before', 'lose-answer', 'delay', 'stall', 'repeat', 'lag'],
} as const satisfies Record<Leg, readonly string[]>

/** Faults that come in arrangements alone. */
export const arrangedFaultKinds = ['undone'] as const

export type FaultKind = (typeof faultKinds)[Leg][number] | (typeof arrangedFaultKinds)[number]

/** When an event comes: at a time, some time after the nth sight of something, or at a step. */
export type Occasion =
  | { readonly at: number }
  | { readonly on: string; readonly nth: number; readonly afterMs: number }
  | { readonly step: number }

/** What comes over the page, the line or the servers, or what the user does. */
export type ScenarioEvent = Occasion & EventFacts

interface EventFacts {
  readonly kind: EventKind
  /** Whom it is about, where it is about one file. */
  readonly file?: string
  /** How long it lasts. */
  readonly forMs?: number
  /** How far a clock jumps. */
  readonly byMs?: number
  /** What is left of the line. */
  readonly share?: number
  /** Whether a file that changes begins and ends as before. */
  readonly keepsEnds?: boolean
  /** Whether it changes in a single place of each mebibyte. */
  readonly isSlight?: boolean
  /** Whether the browser reads what the file has become; others refuse to read it. */
  readonly isUnseen?: boolean
  /** Whether the clock that only runs forward stands still in sleep. */
  readonly isClockFrozen?: boolean
}

export const eventKinds = [
  'pause',
  'pause-all',
  'cancel',
  'cancel-all',
  'add-again',
  'retry',
  'change-options',
  'move-endpoint',
  'change-file',
  'download',
  'reload',
  'close-tab',
  'second-tab',
  'hide',
  'sleep',
  'clock-jump',
  'offline',
  'dark',
  'break',
  'slow-line',
  's3-down',
  'endpoint-down',
  'restart',
  'rotate-secret',
  'roll-out-secret',
  'sign-out',
  'lifecycle',
  'lose-part',
  'slow-database',
  'full-database',
  'lost-database',
] as const

/** Kinds with random numbers of their own: what the others draw stays as it was. */
export const removalEventKinds = ['undo', 'take-out', 'replace'] as const

export type RemovalEventKind = (typeof removalEventKinds)[number]

export type EventKind = (typeof eventKinds)[number] | RemovalEventKind
