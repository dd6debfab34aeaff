import type { LocalePack } from '../text/locale-pack.js'

/**
 * The German texts. Not yet read by a native speaker.
 *
 * @example
 * <S3Uploader endpoint="/api/s3" locale={de} />
 */
export const de: LocalePack = {
  code: 'de',
  dir: 'ltr',
  strings: {
    exceedsSize: '%{file} ist größer als %{size}.',
    inferiorSize: 'Die Datei ist kleiner als %{size}.',
    youCanOnlyUploadFileTypes: 'Hier können nur %{types} hinzugefügt werden.',
    youCanOnlyUploadX: {
      one: 'Mehr als %{smart_count} Datei kann nicht hinzugefügt werden.',
      other: 'Mehr als %{smart_count} Dateien können nicht hinzugefügt werden.',
    },
    cannotBeAdded: 'Die Datei kann hier nicht hinzugefügt werden.',
    fileAndReason: '%{file}: %{reason}',
    unreadable: 'Der Browser konnte sie nicht lesen.',
    folderEmpty: 'Der Ordner ist leer.',
    nothingToUpload: 'Darin ist nichts, was hochgeladen werden kann.',
    nothingDropped:
      'Es kam keine Datei an. Bitte erst speichern, dann die gespeicherte Datei ablegen.',
    images: 'Bilder',
    videos: 'Videos',
    audio: 'Audiodateien',
    textFiles: 'Textdateien',
    fileRequired: 'Bitte eine Datei hinzufügen und warten, bis sie hochgeladen ist.',
    uploadsUnderWay: 'Bitte warten, bis alles hochgeladen ist.',
    uploadsPaused: 'Bitte die angehaltenen Dateien fortsetzen oder entfernen.',
    uploadsNotStarted: 'Bitte die Dateien hochladen oder entfernen.',
    uploadsFailed: 'Bitte die fehlgeschlagenen Dateien erneut versuchen oder entfernen.',

    dropPasteFiles: 'Dateien hier ablegen oder %{browseFiles}',
    browseFiles: 'auswählen',
    browse: 'auswählen',
    dropHint: 'Loslassen, um die Dateien hinzuzufügen',
    chooseFolder: 'Ordner auswählen',
    takePhoto: 'Foto aufnehmen',
    letGo: {
      one: 'Loslassen, um %{smart_count} Datei hinzuzufügen',
      other: 'Loslassen, um %{smart_count} Dateien hinzuzufügen',
    },
    cannotDrop: 'Hier können nur %{types} hinzugefügt werden',
    readingFolders: {
      one: 'Ordner werden gelesen, bisher %{smart_count} Datei',
      other: 'Ordner werden gelesen, bisher %{smart_count} Dateien',
    },
    uploadXFiles: {
      one: '%{smart_count} Datei hochladen',
      other: '%{smart_count} Dateien hochladen',
    },
    xFilesSelected: {
      one: '%{smart_count} Datei ausgewählt',
      other: '%{smart_count} Dateien ausgewählt',
    },
    filesUploadedOfTotal: {
      one: '%{complete} von %{smart_count} Datei hochgeladen',
      other: '%{complete} von %{smart_count} Dateien hochgeladen',
    },
    dataUploadedOfTotal: '%{complete} von %{total}',
    xTimeLeft: 'noch %{time}',
    uploading: 'Wird hochgeladen',
    uploadComplete: 'Hochgeladen',
    verified: 'Hochgeladen und geprüft',
    uploadFailed: 'Nicht hochgeladen',
    paused: 'Angehalten',
    pauseUpload: 'Hochladen anhalten',
    resumeUpload: 'Hochladen fortsetzen',
    retryUpload: 'Erneut versuchen',
    cancelUpload: 'Hochladen abbrechen',
    removeFile: 'Datei entfernen',
    noInternetConnection:
      'Keine Internetverbindung. Das Hochladen geht von selbst weiter, sobald sie wieder da ist.',
    connectedToInternet: 'Wieder verbunden',

    dropOneFile: 'Eine Datei hier ablegen oder %{browseFiles}',
    chooseFiles: 'Dateien auswählen',
    chooseFile: 'Datei auswählen',
    choosePhoto: 'Foto auswählen',
    changePhoto: 'Foto ändern',
    removePhoto: 'Entfernen',
    notStarted: 'Nicht begonnen',
    waiting: 'Wartet',
    waitingForConnection: 'Wartet auf die Verbindung',
    preparing: 'Wird vorbereitet',
    tryingAgainIn: 'Neuer Versuch in %{time}',
    tryingAgain: 'Neuer Versuch',
    finishing: 'Wird abgeschlossen',
    percentUploaded: '%{status} %{percent}',
    stored: 'Gespeichert',
    removing: 'Wird entfernt',
    allUploaded: {
      one: 'Datei hochgeladen',
      other: 'Alle %{smart_count} Dateien hochgeladen',
    },
    xFailed: '%{smart_count} fehlgeschlagen',
    pauseAll: 'Alle anhalten',
    resumeAll: 'Alle fortsetzen',
    retryAll: 'Alle erneut versuchen',
    removeAll: 'Alle entfernen',
    cancelAll: 'Alle abbrechen',
    clearList: 'Liste leeren',
    undo: 'Rückgängig',
    interruptedTitle: {
      one: '%{smart_count} Datei wurde letztes Mal nicht fertig hochgeladen',
      other: '%{smart_count} Dateien wurden letztes Mal nicht fertig hochgeladen',
    },
    chooseAgain: 'Zum Fortsetzen diese Datei noch einmal auswählen',
    continueUpload: 'Fortsetzen',
    discardUpload: 'Verwerfen',
    hide: 'Ausblenden',
    hideAll: 'Alle ausblenden',
    actionOnFile: '%{action}: %{file}',
    fileList: 'Dateien',
    fileProgress: 'Fortschritt von %{file}',
    totalProgress: 'Fortschritt aller Dateien',
    hintSize: 'je bis %{size}',
    hintCount: { one: '%{smart_count} Datei', other: 'bis zu %{smart_count} Dateien' },
    xNotUploaded: {
      one: '%{smart_count} Datei konnte nicht hochgeladen werden.',
      other: '%{smart_count} Dateien konnten nicht hochgeladen werden.',
    },
    xNotAdded: {
      one: '%{smart_count} Datei wurde nicht hinzugefügt',
      other: '%{smart_count} Dateien wurden nicht hinzugefügt',
    },
    xInList: {
      one: '%{smart_count} Datei war schon in der Liste.',
      other: '%{smart_count} Dateien waren schon in der Liste.',
    },
    addAnyway: 'Trotzdem hinzufügen',
    filesAndMore: '%{files} und %{smart_count} weitere',
    filesAndReason: '%{summary}: %{files}. %{reason}',
    tooLarge: 'Sie sind zu groß.',
    tooSmall: 'Sie sind zu klein.',
    addedBefore: 'Sie sind schon in der Liste.',
    xMoreNotAdded: {
      one: '%{smart_count} weitere wurde nicht hinzugefügt',
      other: '%{smart_count} weitere wurden nicht hinzugefügt',
    },
    xFilesAdded: {
      one: '%{smart_count} Datei hinzugefügt',
      other: '%{smart_count} Dateien hinzugefügt',
    },
    fileUploaded: '%{file} hochgeladen',
    fileNotUploaded: '%{file} konnte nicht hochgeladen werden: %{reason}',
    filePaused: '%{file} angehalten',
    xPaused: {
      one: '%{smart_count} Datei angehalten',
      other: '%{smart_count} Dateien angehalten',
    },
    fileResumed: '%{file} fortgesetzt',
    xResumed: {
      one: '%{smart_count} Datei fortgesetzt',
      other: '%{smart_count} Dateien fortgesetzt',
    },
    fileRemoved: '%{file} entfernt',
    undoAvailable: 'Das lässt sich rückgängig machen',
    xRemoved: {
      one: '%{smart_count} Datei entfernt',
      other: '%{smart_count} Dateien entfernt',
    },

    download: 'Herunterladen',
    downloadFile: '%{file} herunterladen',
    openDownload: 'Öffnen',
    openFile: '%{file} öffnen',
    preparingDownload: 'Der Download wird vorbereitet',
    downloadStarted: 'Der Download hat begonnen',
    downloadOpened: 'In einem neuen Tab geöffnet',

    'error:network':
      'Die Verbindung ist abgebrochen. Bitte die Internetverbindung prüfen und erneut versuchen.',
    'error:endpoint-unreachable':
      'Der Server hat nicht geantwortet. Bitte in einigen Minuten erneut versuchen.',
    'error:rate-limited': 'Der Server ist überlastet. Bitte in einigen Minuten erneut versuchen.',
    'error:misconfigured':
      'Das Hochladen funktioniert auf dieser Seite zurzeit nicht. Bitte den Betreibern Bescheid geben.',
    'error:storage-rejected':
      'Der Speicher hat die Datei nicht angenommen. Bitte erneut versuchen oder den Betreibern dieser Seite Bescheid geben.',
    'error:unauthorized': 'Bitte noch einmal anmelden und dann erneut versuchen.',
    'error:forbidden':
      'Sie dürfen hier keine Dateien hochladen. Bitte bei den Betreibern dieser Seite nachfragen.',
    'error:quota-exceeded':
      'Für diese Datei ist kein Platz mehr. Bitte Dateien entfernen, die nicht mehr gebraucht werden.',
    'error:too-many-files': 'Das sind zu viele Dateien. Bitte weniger auswählen.',
    'error:file-too-large': 'Die Datei ist zu groß. Bitte eine kleinere auswählen.',
    'error:file-too-small': 'Die Datei ist zu klein. Bitte eine andere auswählen.',
    'error:file-type-not-accepted':
      'Dateien dieser Art können hier nicht hinzugefügt werden. Bitte eine andere auswählen.',
    'error:type-mismatch':
      'Der Inhalt der Datei passt nicht zu ihrer Art. Bitte eine andere auswählen.',
    'error:file-unreadable':
      'Die Datei wurde geändert, verschoben oder gelöscht. Bitte noch einmal auswählen.',
    'error:file-package':
      'Das ist ein Paket aus mehreren Dateien. Bitte zu einer ZIP-Datei komprimieren und diese auswählen.',
    'error:file-refused':
      'Diese Datei kann hier nicht verwendet werden. Bitte eine andere auswählen.',
    'error:file-not-answering':
      'Das Laufwerk oder der Netzwerkordner der Datei antwortet nicht. Zum Fortsetzen bitte wieder verbinden.',
    'error:cannot-reopen': 'Zum Fortsetzen bitte die Datei noch einmal auswählen.',
    'error:interrupted-gone':
      'Das Hochladen dieser Datei kann nicht fortgesetzt werden. Bitte die Datei neu hinzufügen.',
    'error:remote-file':
      'Dateien aus dieser Quelle können hier nicht hinzugefügt werden. Bitte erst auf dem Gerät speichern.',
    'error:upload-cut-off': 'Das Hochladen wurde unterbrochen. Bitte erneut versuchen.',
    'error:checksum-mismatch': 'Die Datei kam beschädigt an. Bitte erneut versuchen.',
    'error:upload-gone': 'Das Hochladen war zu lange unterbrochen. Bitte erneut versuchen.',
    'error:upload-exists':
      'Das Hochladen dieser Datei ist schon beendet. Bitte die Datei hier entfernen und neu hinzufügen.',
    'error:upload-elsewhere':
      'Diese Datei wird in einem anderen Tab weiter hochgeladen. Bitte hier entfernen.',
    'error:object-not-found': 'Die Datei ist nicht mehr da. Bitte noch einmal hochladen.',
    'error:code-not-loaded':
      'Der Uploader konnte nicht geladen werden. Bitte die Verbindung prüfen und die Seite neu laden.',
    'error:browser-too-old':
      'Dieser Browser ist zu alt, um Dateien hochzuladen. Bitte aktualisieren oder einen anderen verwenden.',
    'error:cancelled': 'Das Hochladen wurde abgebrochen.',
    'error:other': 'Etwas ist schiefgegangen. Bitte erneut versuchen.',
    'error:download-misconfigured':
      'Das Herunterladen funktioniert auf dieser Seite zurzeit nicht. Bitte den Betreibern Bescheid geben.',
    'error:download-forbidden':
      'Sie dürfen diese Datei nicht herunterladen. Bitte bei den Betreibern dieser Seite nachfragen.',
    'error:download-expired-token':
      'Dieser Download wird hier nicht mehr angeboten. Bitte die Seite neu laden und erneut versuchen.',
  },
}
