import { type Body, type Meta, RestrictionError } from '@uppy/core'
import type { Rejection } from '../../upload/store/rejected-files.js'

/** A rejection of ours, told by Uppy's `restriction-failed` so that its other listeners hear it too. */
export class RejectionError<M extends Meta, B extends Body> extends RestrictionError<M, B> {
  readonly facts: Rejection

  constructor(
    message: string,
    facts: Rejection,
    about: ConstructorParameters<typeof RestrictionError<M, B>>[1] = {},
  ) {
    super(message, about)
    this.facts = facts
  }
}
