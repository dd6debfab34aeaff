import { IDBDatabase, IDBFactory, IDBObjectStore, IDBTransaction } from 'fake-indexeddb'
import type { Clock } from '../clock/clock.js'
import type { Process } from '../clock/process.js'

/** What the database of a computer does at the moment. */
interface DatabaseState {
  readonly clock: Clock
  readonly isDatabaseFull: () => boolean
}

/** Requests and transactions, by whose code began them. */
const owners = new WeakMap<object, Process>()

/**
 * Lets the simulated database be full, and tells each page its own news alone.
 *
 * One task of the database may begin the work of one page after that of another.
 */
export function installDatabase(current: () => DatabaseState): void {
  const { put } = IDBObjectStore.prototype
  IDBObjectStore.prototype.put = function (...given) {
    if (!current().isDatabaseFull()) return put.apply(this, given)
    throw new DOMException('The disk is full.', 'QuotaExceededError')
  }
  const own = <Made extends object>(made: Made): Made => {
    owners.set(made, current().clock.process)
    return made
  }
  const { transaction } = IDBDatabase.prototype
  IDBDatabase.prototype.transaction = function (...given) {
    return own(transaction.apply(this, given))
  }
  const { open } = IDBFactory.prototype
  IDBFactory.prototype.open = function (...given) {
    return own(open.apply(this, given))
  }
  // What requests and transactions have in common.
  const target: EventTarget = Object.getPrototypeOf(IDBTransaction.prototype)
  const { dispatchEvent } = target
  target.dispatchEvent = function (event) {
    const owner = owners.get(this) ?? owners.get(transactionOf(this) ?? this)
    if (owner) current().clock.process = owner
    return dispatchEvent.call(this, event)
  }
}

function transactionOf(target: object): object | undefined {
  return 'transaction' in target && target.transaction ? (target.transaction as object) : undefined
}
