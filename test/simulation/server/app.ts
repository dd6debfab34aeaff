import { mebibyte } from '../../../src/s3/byte-units.js'
import type { StoredUpload } from '../../../src/server/contract/files.js'
import type { QuotaRequest } from '../../../src/server/contract/rules.js'
import type { Clock } from '../clock/clock.js'
import type { AppOptions } from '../world/servers.js'
import type { CallBook } from './call-book.js'
import type { HandlerFacts } from './server-scenario.js'

interface AppSetting {
  readonly clock: Clock
  readonly calls: CallBook
  readonly facts: HandlerFacts
}

/** Who calls, and by which call. */
interface AppCaller {
  readonly owner: string
  readonly call: number
}

/** What the hook of the app has heard of one object. */
export interface ToldUpload {
  readonly owner: string
  readonly size: number
  readonly atMs: number
}

/** The app behind the handlers: who calls, how much an owner may store, and what is complete. */
export class App {
  /** What the hook has heard, by key. */
  readonly told = new Map<string, ToldUpload[]>()
  /** How many things that make the hook fail last at the moment. */
  hookTroubles = 0
  readonly #setting: AppSetting

  constructor(setting: AppSetting) {
    this.#setting = setting
  }

  options(): AppOptions {
    const { rules, quotaMebibytes, unclaimed } = this.#setting.facts
    const { maxFileMebibytes, accept, maxFiles } = rules
    return {
      authorize: ({ headers }): AppCaller => ({
        owner: headers.get('x-owner') ?? '',
        call: Number(headers.get('x-call')),
      }),
      rules: {
        ...(maxFileMebibytes !== undefined && { maxFileSize: maxFileMebibytes * mebibyte }),
        ...(accept && { accept }),
        ...(maxFiles !== undefined && { maxFiles }),
      },
      ...(quotaMebibytes !== undefined && {
        quota: (request) => this.#askQuota(request, quotaMebibytes * mebibyte),
      }),
      ...(unclaimed && { unclaimed }),
      authorizeDownload: ({ key, owner }) => this.ownerOf(key) === owner,
      onUploadComplete: (upload) => this.#hear(upload),
    }
  }

  /** Who has uploaded an object that is complete. */
  ownerOf(key: string): string | undefined {
    return this.told.get(key)?.[0]?.owner
  }

  #askQuota({ caller, files, totalBytes }: QuotaRequest, mostBytes: number): boolean {
    const stored = [...this.told.values()].flatMap(([first]) => first ?? [])
    const used = stored.reduce((sum, { owner, size }) => {
      return owner === caller.owner ? sum + size : sum
    }, 0)
    const isAllowed = used + totalBytes <= mostBytes
    const { call = 0 }: Partial<AppCaller> = caller
    for (const { id } of files) this.#setting.calls.find(call)?.quota.set(id, isAllowed)
    return isAllowed
  }

  #hear({ key, owner, size }: Pick<StoredUpload, 'key' | 'owner' | 'size'>): { key: string } {
    if (this.hookTroubles > 0) throw new Error('The database is away.')
    const told = this.told.get(key) ?? []
    this.told.set(key, [...told, { owner, size, atMs: this.#setting.clock.now }])
    return { key }
  }
}
