import type { HttpTransport } from 's3-direct-upload'

/** What every page of a form is given. */
export interface FormPageProps {
  readonly endpoint: string
  readonly transport: HttpTransport
}
