/** Ids of the elements of an uploader that name or describe each other. */
export interface FieldIds {
  /** What the ids of its elements begin with. */
  readonly base: string
  readonly trigger: string
  readonly label: string
}

/** The ids of an uploader; the app may want one of its own for the trigger. */
export function fieldIds(base: string, trigger = `${base}-trigger`): FieldIds {
  return { base, trigger, label: `${base}-label` }
}
