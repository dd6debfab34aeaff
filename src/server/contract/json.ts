/** A value that is the same after it was written as JSON and read again. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly JsonValue[]
  | JsonObject

/** An object that is the same after it was written as JSON and read again. */
export interface JsonObject {
  readonly [name: string]: JsonValue
}

/** What becomes of a value when it is written as JSON and read again: a `Date`, for one, becomes text. */
export type Serialized<Value> = Value extends { toJSON(): infer Json }
  ? Json
  : Value extends object
    ? { [Name in keyof Value]: Serialized<Value[Name]> }
    : Value extends void
      ? undefined
      : Value
