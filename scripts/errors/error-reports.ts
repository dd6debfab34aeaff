import { type ErrorCode, errorCodes } from '../../src/protocol/error-response.js'
import { meaningsOfCodes, type StorageCause } from '../../src/s3/error-codes.js'
import {
  FileError,
  type FileErrorCode,
  NetworkError,
  type NetworkErrorCode,
} from '../../src/upload/errors/upload-error.js'
import {
  type ErrorAdvice,
  endpointHelp,
  fileAdvice,
  networkAdvice,
  pageAdvice,
  storageAdvice,
  unansweredAdvice,
} from './error-advice.js'

/** Who reports a code, and what developers should know of it then. */
export interface ErrorReport extends ErrorAdvice {
  readonly code: string
  /** Where the failure is. */
  readonly place: 'endpoint' | 'storage' | 'browser'
  /** The HTTP status, where it is fixed. */
  readonly status?: number
  /** The function that tells such errors. */
  readonly guard: string
  /** What `retryable` is: each value that errors with the code have. */
  readonly retryable: readonly boolean[]
}

/** Lists each code once for each place that reports it. `causes` are the comments at `errorCodes`. */
export function errorReports(causes: ReadonlyMap<string, string>): readonly ErrorReport[] {
  return [...fromEndpoint(causes), ...fromStorage(), ...fromBrowser()]
}

function fromEndpoint(causes: ReadonlyMap<string, string>): ErrorReport[] {
  const reporter = { place: 'endpoint', guard: 'isEndpointError' } as const
  const refusals = entriesOf<ErrorCode, string>(endpointHelp).map(([code, help]) => {
    const { status, retryable } = errorCodes[code]
    return { ...reporter, code, status, cause: causeOf(code, causes), help, retryable: [retryable] }
  })
  const others = entriesOf<keyof typeof unansweredAdvice, ErrorAdvice>(unansweredAdvice)
  const unanswered = others.map(([code, advice]) => {
    // Until it has answered once, an endpoint is taken for a wrong address.
    const retryable = code === 'endpoint-answer' ? [true, false] : [true]
    return { ...reporter, code, ...advice, retryable }
  })
  return [...refusals, ...unanswered]
}

function causeOf(code: ErrorCode, causes: ReadonlyMap<string, string>): string {
  const cause = causes.get(code)
  if (!cause) throw new Error(`The code "${code}" has no doc comment: write one at errorCodes.`)
  return cause
}

function fromStorage(): ErrorReport[] {
  return entriesOf<StorageCause, ErrorAdvice>(storageAdvice).map(([code, advice]) => {
    const retryable = Object.values(meaningsOfCodes)
      .filter(({ cause }) => cause === code)
      .map(({ remedy }) => remedy === 'retry' || remedy === 'sign-again')
    return { code, place: 'storage', guard: 'isStorageError', ...advice, retryable }
  })
}

function fromBrowser(): ErrorReport[] {
  const network = entriesOf<NetworkErrorCode, ErrorAdvice>(networkAdvice).map(([code, advice]) => {
    const { retryable } = new NetworkError('', { code })
    return { code, guard: 'isNetworkError', ...advice, retryable: [retryable] }
  })
  const file = entriesOf<FileErrorCode, ErrorAdvice>(fileAdvice).map(([code, advice]) => {
    const { retryable } = new FileError('', { code })
    return { code, guard: 'isFileError', ...advice, retryable: [retryable] }
  })
  const page = Object.entries(pageAdvice).map(([code, { retryable, guard, ...advice }]) => {
    return { code, guard, ...advice, retryable: [retryable] }
  })
  return [...network, ...file, ...page].map((report) => ({ ...report, place: 'browser' }))
}

function entriesOf<Code extends string, Value>(
  table: Readonly<Record<Code, Value>>,
): [Code, Value][] {
  // The tables are complete and have no other keys: their types say so.
  return Object.entries(table) as [Code, Value][]
}
