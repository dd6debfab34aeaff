import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { DemoPage } from './DemoPage.js'
import 's3-direct-upload/styles.css'
import './demo.css'

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <DemoPage />
    </StrictMode>,
  )
}
