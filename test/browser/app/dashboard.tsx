import Uppy from '@uppy/core'
import GoldenRetriever from '@uppy/golden-retriever'
import { UppyContextProvider, useUppyState } from '@uppy/react'
import Dashboard from '@uppy/react/dashboard'
import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { S3DirectUpload } from 's3-direct-upload/uppy'
import '@uppy/core/css/style.min.css'
import '@uppy/dashboard/css/style.min.css'

function createUppy(): Uppy {
  const uppy = new Uppy().use(S3DirectUpload, { endpoint: '/api/s3' })
  // Restores what was added before a reload, where the test asks for it.
  return location.search === '?golden-retriever' ? uppy.use(GoldenRetriever) : uppy
}

/** Uppy's own interface and hooks on our plugin, as an app with Uppy would have them. */
function App() {
  const [uppy] = useState(createUppy)
  const uploaded = useUppyState(
    uppy,
    ({ files }) => Object.values(files).filter(({ progress }) => progress.uploadComplete).length,
  )
  return (
    <UppyContextProvider uppy={uppy}>
      <Dashboard uppy={uppy} />
      <output>{uploaded} uploaded</output>
    </UppyContextProvider>
  )
}

const root = document.getElementById('root')
if (root) createRoot(root).render(<App />)
