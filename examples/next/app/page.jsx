import { Attachments } from './attachments.jsx'

export default function Page() {
  return <Attachments />
}
