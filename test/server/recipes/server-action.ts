'use server'

import { configFromEnv } from 's3-direct-upload/server/node'
import { type Attached, type Attachments, attachReceipts } from './attach-receipts.js'

declare function currentUserId(): Promise<string> // your session
declare const attachments: Attachments // your database

/** The action of a form: `const [results, action] = useActionState(saveAttachments, [])`. */
export async function saveAttachments(_before: Attached[], form: FormData): Promise<Attached[]> {
  const { secret, ...s3 } = configFromEnv()
  return attachReceipts(form, { userId: await currentUserId(), secret, s3, attachments })
}
