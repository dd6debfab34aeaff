import type { LocalePack } from '../text/locale-pack.js'

/**
 * The Spanish texts. Not yet read by a native speaker.
 *
 * @example
 * <S3Uploader endpoint="/api/s3" locale={es} />
 */
export const es: LocalePack = {
  code: 'es',
  dir: 'ltr',
  strings: {
    exceedsSize: '%{file} ocupa más de %{size}.',
    inferiorSize: 'El archivo ocupa menos de %{size}.',
    youCanOnlyUploadFileTypes: 'Aquí solo se pueden añadir %{types}.',
    youCanOnlyUploadX: {
      one: 'No se puede añadir más de %{smart_count} archivo.',
      many: 'No se pueden añadir más de %{smart_count} de archivos.',
      other: 'No se pueden añadir más de %{smart_count} archivos.',
    },
    cannotBeAdded: 'El archivo no se puede añadir aquí.',
    fileAndReason: '%{file}: %{reason}',
    unreadable: 'El navegador no pudo leerlo.',
    folderEmpty: 'La carpeta está vacía.',
    nothingToUpload: 'No contiene nada que subir.',
    nothingDropped:
      'No llegó ningún archivo. Guárdelo primero y suelte después el archivo guardado.',
    images: 'imágenes',
    videos: 'vídeos',
    audio: 'audio',
    textFiles: 'archivos de texto',
    fileRequired: 'Añada un archivo y espere a que termine de subirse.',
    uploadsUnderWay: 'Espere a que terminen las subidas.',
    uploadsPaused: 'Reanude las subidas en pausa o quítelas.',
    uploadsNotStarted: 'Suba los archivos o quítelos.',
    uploadsFailed: 'Reintente los archivos que no se han subido o quítelos.',

    dropPasteFiles: 'Suelte archivos aquí o %{browseFiles}',
    browseFiles: 'elíjalos',
    browse: 'elíjalos',
    dropHint: 'Suelte para añadir los archivos',
    chooseFolder: 'Elegir una carpeta',
    takePhoto: 'Hacer una foto',
    letGo: {
      one: 'Suelte para añadir %{smart_count} archivo',
      many: 'Suelte para añadir %{smart_count} de archivos',
      other: 'Suelte para añadir %{smart_count} archivos',
    },
    cannotDrop: 'Aquí solo se pueden añadir %{types}',
    readingFolders: {
      one: 'Leyendo carpetas, %{smart_count} archivo hasta ahora',
      many: 'Leyendo carpetas, %{smart_count} de archivos hasta ahora',
      other: 'Leyendo carpetas, %{smart_count} archivos hasta ahora',
    },
    uploadXFiles: {
      one: 'Subir %{smart_count} archivo',
      many: 'Subir %{smart_count} de archivos',
      other: 'Subir %{smart_count} archivos',
    },
    xFilesSelected: {
      one: '%{smart_count} archivo seleccionado',
      many: '%{smart_count} de archivos seleccionados',
      other: '%{smart_count} archivos seleccionados',
    },
    filesUploadedOfTotal: {
      one: '%{complete} de %{smart_count} archivo subido',
      many: '%{complete} de %{smart_count} de archivos subidos',
      other: '%{complete} de %{smart_count} archivos subidos',
    },
    dataUploadedOfTotal: '%{complete} de %{total}',
    xTimeLeft: 'faltan %{time}',
    uploading: 'Subiendo',
    uploadComplete: 'Subido',
    uploadFailed: 'No subido',
    paused: 'En pausa',
    pauseUpload: 'Pausar la subida',
    resumeUpload: 'Reanudar la subida',
    retryUpload: 'Reintentar',
    cancelUpload: 'Cancelar la subida',
    removeFile: 'Quitar el archivo',
    noInternetConnection: 'No hay conexión. Las subidas seguirán solas cuando vuelva la conexión.',
    connectedToInternet: 'Conexión restablecida',

    dropOneFile: 'Suelte un archivo aquí o %{browseFiles}',
    notStarted: 'Sin empezar',
    waiting: 'En espera',
    waitingForConnection: 'Esperando la conexión',
    preparing: 'Preparando',
    tryingAgain: 'Reintentando',
    finishing: 'Finalizando',
    percentUploaded: '%{status} %{percent}',
    stored: 'Guardado',
    removing: 'Quitando',
    allUploaded: {
      one: 'Archivo subido',
      many: 'Subidos %{smart_count} de archivos',
      other: 'Subidos los %{smart_count} archivos',
    },
    xFailed: {
      one: '%{smart_count} con error',
      many: '%{smart_count} con error',
      other: '%{smart_count} con error',
    },
    pauseAll: 'Pausar todo',
    resumeAll: 'Reanudar todo',
    retryAll: 'Reintentar todo',
    removeAll: 'Quitar todo',
    cancelAll: 'Cancelar todo',
    clearList: 'Vaciar la lista',
    undo: 'Deshacer',
    interruptedTitle: {
      one: '%{smart_count} subida no terminó la última vez',
      many: '%{smart_count} de subidas no terminaron la última vez',
      other: '%{smart_count} subidas no terminaron la última vez',
    },
    chooseAgain: 'Elija de nuevo este archivo para continuar',
    continueUpload: 'Continuar',
    discardUpload: 'Descartar la subida',
    hide: 'Ocultar',
    hideAll: 'Ocultar todo',
    actionOnFile: '%{action}: %{file}',
    fileList: 'Archivos',
    fileProgress: 'Progreso de %{file}',
    totalProgress: 'Progreso de todos los archivos',
    hintSize: 'hasta %{size} cada uno',
    hintCount: {
      one: '%{smart_count} archivo',
      many: 'hasta %{smart_count} de archivos',
      other: 'hasta %{smart_count} archivos',
    },
    xNotAdded: {
      one: '%{smart_count} archivo no se añadió',
      many: '%{smart_count} de archivos no se añadieron',
      other: '%{smart_count} archivos no se añadieron',
    },
    xInList: {
      one: '%{smart_count} archivo ya estaba en la lista.',
      many: '%{smart_count} de archivos ya estaban en la lista.',
      other: '%{smart_count} archivos ya estaban en la lista.',
    },
    addAnyway: 'Añadir de todos modos',
    filesAndMore: '%{files} y %{smart_count} más',
    filesAndReason: '%{summary}: %{files}. %{reason}',
    tooLarge: 'Son demasiado grandes.',
    tooSmall: 'Son demasiado pequeños.',
    addedBefore: 'Ya están en la lista.',
    xMoreNotAdded: {
      one: '%{smart_count} más no se añadió',
      many: '%{smart_count} más no se añadieron',
      other: '%{smart_count} más no se añadieron',
    },
    xFilesAdded: {
      one: '%{smart_count} archivo añadido',
      many: '%{smart_count} de archivos añadidos',
      other: '%{smart_count} archivos añadidos',
    },
    fileUploaded: '%{file} subido',
    fileNotUploaded: '%{file} no se pudo subir: %{reason}',
    filePaused: '%{file} en pausa',
    xPaused: {
      one: '%{smart_count} subida en pausa',
      many: '%{smart_count} de subidas en pausa',
      other: '%{smart_count} subidas en pausa',
    },
    fileResumed: '%{file} reanudado',
    xResumed: {
      one: '%{smart_count} subida reanudada',
      many: '%{smart_count} de subidas reanudadas',
      other: '%{smart_count} subidas reanudadas',
    },
    fileRemoved: '%{file} quitado',
    undoAvailable: 'Se puede deshacer',
    xRemoved: {
      one: '%{smart_count} archivo quitado',
      many: '%{smart_count} de archivos quitados',
      other: '%{smart_count} archivos quitados',
    },

    download: 'Descargar',
    downloadFile: 'Descargar %{file}',
    openDownload: 'Abrir',
    openFile: 'Abrir %{file}',
    preparingDownload: 'Preparando la descarga',
    downloadStarted: 'La descarga ha empezado',
    downloadOpened: 'Abierto en una pestaña nueva',

    'error:network':
      'Se perdió la conexión. Compruebe su conexión a internet e inténtelo de nuevo.',
    'error:endpoint-unreachable': 'El servidor no respondió. Inténtelo de nuevo en unos minutos.',
    'error:rate-limited': 'El servidor está ocupado. Inténtelo de nuevo en unos minutos.',
    'error:misconfigured':
      'Las subidas no funcionan en esta página por el momento. Avise a los responsables del sitio.',
    'error:storage-rejected':
      'El almacenamiento no aceptó el archivo. Inténtelo de nuevo o avise a los responsables del sitio.',
    'error:unauthorized': 'Inicie sesión de nuevo y vuelva a intentarlo.',
    'error:forbidden':
      'No tiene permiso para subir archivos aquí. Consulte a los responsables del sitio.',
    'error:quota-exceeded':
      'No queda espacio para este archivo. Elimine archivos que ya no necesite.',
    'error:too-many-files': 'Son demasiados archivos. Elija menos.',
    'error:file-too-large': 'El archivo es demasiado grande. Elija uno más pequeño.',
    'error:file-too-small': 'El archivo es demasiado pequeño. Elija otro.',
    'error:file-type-not-accepted':
      'Aquí no se pueden añadir archivos de este tipo. Elija otro archivo.',
    'error:type-mismatch': 'El contenido del archivo no corresponde a su tipo. Elija otro archivo.',
    'error:file-unreadable': 'El archivo se modificó, se movió o se eliminó. Elíjalo de nuevo.',
    'error:file-package':
      'Es un paquete de varios archivos. Comprímalo en un archivo ZIP y elija ese.',
    'error:file-refused': 'Este archivo no se puede usar aquí. Elija otro.',
    'error:file-not-answering':
      'La unidad o la carpeta de red del archivo no responde. Conéctela de nuevo para continuar.',
    'error:cannot-reopen': 'Elija de nuevo el archivo para continuar.',
    'error:interrupted-gone': 'Esta subida ya no existe. Añada el archivo de nuevo.',
    'error:remote-file':
      'Aquí no se pueden añadir archivos de este origen. Guárdelo primero en su dispositivo.',
    'error:upload-cut-off': 'La subida se interrumpió. Inténtelo de nuevo.',
    'error:checksum-mismatch': 'El archivo llegó dañado. Inténtelo de nuevo.',
    'error:upload-gone': 'La subida estuvo interrumpida demasiado tiempo. Inténtelo de nuevo.',
    'error:upload-exists': 'Esta subida ya terminó. Quite el archivo aquí y añádalo de nuevo.',
    'error:upload-elsewhere': 'Esta subida continúa en otra pestaña. Quite el archivo aquí.',
    'error:object-not-found': 'El archivo ya no está. Súbalo de nuevo.',
    'error:code-not-loaded':
      'No se pudo cargar el módulo de subida. Compruebe su conexión y recargue la página.',
    'error:browser-too-old':
      'Este navegador es demasiado antiguo para subir archivos. Actualícelo o use otro.',
    'error:cancelled': 'La subida se canceló.',
    'error:other': 'Algo salió mal. Inténtelo de nuevo.',
    'error:download-misconfigured':
      'Las descargas no funcionan en esta página por el momento. Avise a los responsables del sitio.',
    'error:download-forbidden':
      'No tiene permiso para descargar este archivo. Consulte a los responsables del sitio.',
    'error:download-expired-token':
      'Esta descarga ya no se ofrece aquí. Recargue la página e inténtelo de nuevo.',
  },
}
