import type { LocalePack } from '../text/locale-pack.js'

/**
 * The Japanese texts. Not yet read by a native speaker.
 *
 * @example
 * <S3Uploader endpoint="/api/s3" locale={ja} />
 */
export const ja: LocalePack = {
  code: 'ja',
  dir: 'ltr',
  strings: {
    exceedsSize: '%{file} は %{size} を超えています。',
    inferiorSize: 'ファイルが %{size} より小さいです。',
    youCanOnlyUploadFileTypes: 'ここに追加できるのは %{types} だけです。',
    youCanOnlyUploadX: { other: '追加できるファイルは %{smart_count} 個までです。' },
    cannotBeAdded: 'このファイルはここに追加できません。',
    fileAndReason: '%{file}：%{reason}',
    unreadable: 'ブラウザーで読み取れませんでした。',
    folderEmpty: 'フォルダーが空です。',
    nothingToUpload: 'アップロードできるものがありません。',
    nothingDropped:
      'ファイルが含まれていませんでした。いったん保存してから、保存したファイルをドロップしてください。',
    images: '画像',
    videos: '動画',
    audio: '音声',
    textFiles: 'テキストファイル',
    fileRequired: 'ファイルを追加し、アップロードが終わるまでお待ちください。',
    uploadsUnderWay: 'アップロードが終わるまでお待ちください。',
    uploadsPaused: '一時停止中のアップロードを再開するか、削除してください。',
    uploadsNotStarted: 'ファイルをアップロードするか、削除してください。',
    uploadsFailed: '失敗したファイルを再試行するか、削除してください。',

    dropPasteFiles: 'ここにファイルをドロップするか、%{browseFiles}',
    browseFiles: 'ファイルを選択',
    browse: 'ファイルを選択',
    dropHint: 'ここで離すとファイルが追加されます',
    chooseFolder: 'フォルダーを選択',
    takePhoto: '写真を撮る',
    letGo: { other: '離すと%{smart_count}個のファイルを追加します' },
    cannotDrop: 'ここに追加できるのは%{types}だけです',
    readingFolders: { other: 'フォルダーを読み込み中、現在%{smart_count}個のファイル' },
    uploadXFiles: { other: '%{smart_count} 個をアップロード' },
    xFilesSelected: { other: '%{smart_count} 個のファイルを選択済み' },
    filesUploadedOfTotal: {
      other: '%{smart_count} 個中 %{complete} 個をアップロード済み',
    },
    dataUploadedOfTotal: '%{complete} / %{total}',
    xTimeLeft: '残り %{time}',
    uploading: 'アップロード中',
    uploadComplete: 'アップロード済み',
    verified: 'アップロードと確認が完了しました',
    uploadFailed: 'アップロード失敗',
    paused: '一時停止中',
    pauseUpload: 'アップロードを一時停止',
    resumeUpload: 'アップロードを再開',
    retryUpload: '再試行',
    cancelUpload: 'アップロードを中止',
    removeFile: 'ファイルを削除',
    noInternetConnection: 'オフラインです。接続が回復すると、アップロードは自動的に再開されます。',
    connectedToInternet: '接続が回復しました',

    dropOneFile: 'ここにファイルを 1 個ドロップするか、%{browseFiles}',
    chooseFiles: 'ファイルを選択',
    chooseFile: 'ファイルを選択',
    choosePhoto: '写真を選択',
    changePhoto: '写真を変更',
    removePhoto: '削除',
    notStarted: '未開始',
    waiting: '待機中',
    waitingForConnection: '接続を待っています',
    preparing: '準備中',
    tryingAgainIn: '%{time}後に再試行します',
    tryingAgain: '再試行中',
    finishing: '完了処理中',
    percentUploaded: '%{status} %{percent}',
    stored: '保存済み',
    removing: '削除中',
    allUploaded: { other: '%{smart_count} 個のファイルをアップロードしました' },
    xFailed: '%{smart_count} 個失敗',
    pauseAll: 'すべて一時停止',
    resumeAll: 'すべて再開',
    retryAll: 'すべて再試行',
    removeAll: 'すべて削除',
    cancelAll: 'すべてキャンセル',
    clearList: 'リストを空にする',
    undo: '元に戻す',
    interruptedTitle: {
      other: '前回 %{smart_count} 個のアップロードが完了していません',
    },
    chooseAgain: '続けるには、このファイルをもう一度選択してください',
    continueUpload: '続ける',
    discardUpload: 'アップロードを破棄',
    hide: '非表示',
    hideAll: 'すべて非表示',
    actionOnFile: '%{action}：%{file}',
    fileList: 'ファイル',
    fileProgress: '%{file} の進行状況',
    totalProgress: 'すべてのファイルの進行状況',
    hintSize: '1 個 %{size} まで',
    hintCount: { other: '%{smart_count} 個まで' },
    xNotUploaded: {
      other: '%{smart_count} 個のファイルをアップロードできませんでした。',
    },
    xNotAdded: { other: '%{smart_count} 個のファイルは追加されませんでした' },
    xInList: { other: '%{smart_count}個のファイルはすでに一覧にあります。' },
    addAnyway: 'それでも追加',
    filesAndMore: '%{files}、ほか %{smart_count} 個',
    filesAndReason: '%{summary}：%{files}。%{reason}',
    tooLarge: 'サイズが大きすぎます。',
    tooSmall: 'サイズが小さすぎます。',
    addedBefore: 'すでに一覧にあります。',
    xMoreNotAdded: { other: 'ほか %{smart_count} 個は追加されませんでした' },
    xFilesAdded: { other: '%{smart_count} 個のファイルを追加しました' },
    fileUploaded: '%{file} をアップロードしました',
    fileNotUploaded: '%{file} をアップロードできませんでした：%{reason}',
    filePaused: '%{file} を一時停止しました',
    xPaused: { other: '%{smart_count} 個のアップロードを一時停止しました' },
    fileResumed: '%{file} を再開しました',
    xResumed: { other: '%{smart_count} 個のアップロードを再開しました' },
    fileRemoved: '%{file} を削除しました',
    undoAvailable: '元に戻せます',
    xRemoved: { other: '%{smart_count} 個のファイルを削除しました' },

    download: 'ダウンロード',
    downloadFile: '%{file} をダウンロード',
    openDownload: '開く',
    openFile: '%{file} を開く',
    preparingDownload: 'ダウンロードの準備中',
    downloadStarted: 'ダウンロードを開始しました',
    downloadOpened: '新しいタブで開きました',

    'error:network': '接続が切れました。インターネット接続を確認して、もう一度お試しください。',
    'error:endpoint-unreachable':
      'サーバーから応答がありませんでした。数分後にもう一度お試しください。',
    'error:rate-limited': 'サーバーが混み合っています。数分後にもう一度お試しください。',
    'error:misconfigured':
      '現在このページではアップロードできません。ページの管理者にお知らせください。',
    'error:storage-rejected':
      'ストレージがファイルを受け付けませんでした。もう一度試すか、ページの管理者にお知らせください。',
    'error:unauthorized': 'もう一度サインインしてから、お試しください。',
    'error:forbidden':
      'ここにファイルをアップロードする権限がありません。ページの管理者にお問い合わせください。',
    'error:quota-exceeded':
      'このファイルの空き容量がありません。不要なファイルを削除してください。',
    'error:too-many-files': 'ファイルが多すぎます。数を減らしてください。',
    'error:file-too-large': 'ファイルが大きすぎます。もっと小さいファイルを選択してください。',
    'error:file-too-small': 'ファイルが小さすぎます。別のファイルを選択してください。',
    'error:file-type-not-accepted':
      'この種類のファイルはここに追加できません。別のファイルを選択してください。',
    'error:type-mismatch': 'ファイルの内容と種類が一致しません。別のファイルを選択してください。',
    'error:file-unreadable':
      'ファイルが変更、移動、または削除されました。もう一度選択してください。',
    'error:file-package':
      'これは複数のファイルをまとめたものです。ZIPファイルに圧縮してから選び直してください。',
    'error:file-refused': 'このファイルはここでは使えません。別のファイルを選んでください。',
    'error:file-not-answering':
      'ファイルのあるドライブまたはネットワークフォルダーが応答しません。続けるには、接続し直してください。',
    'error:cannot-reopen': '続けるには、ファイルをもう一度選択してください。',
    'error:interrupted-gone':
      'このアップロードはもうありません。ファイルをもう一度追加してください。',
    'error:remote-file': 'この場所のファイルはここに追加できません。先に端末に保存してください。',
    'error:upload-cut-off': 'アップロードが中断されました。もう一度お試しください。',
    'error:checksum-mismatch': 'ファイルが破損した状態で届きました。もう一度お試しください。',
    'error:upload-gone': 'アップロードの中断が長すぎました。もう一度お試しください。',
    'error:upload-exists':
      'このアップロードはすでに終了しています。ここからファイルを削除し、もう一度追加してください。',
    'error:upload-elsewhere':
      'このアップロードは別のタブで続いています。ここからファイルを削除してください。',
    'error:object-not-found': 'ファイルが見つかりません。もう一度アップロードしてください。',
    'error:code-not-loaded':
      'アップローダーを読み込めませんでした。接続を確認し、ページを再読み込みしてください。',
    'error:browser-too-old':
      'このブラウザーは古いため、ファイルをアップロードできません。更新するか、別のブラウザーをお使いください。',
    'error:cancelled': 'アップロードは中止されました。',
    'error:other': '問題が発生しました。もう一度お試しください。',
    'error:download-misconfigured':
      '現在このページではダウンロードできません。ページの管理者にお知らせください。',
    'error:download-forbidden':
      'このファイルをダウンロードする権限がありません。ページの管理者にお問い合わせください。',
    'error:download-expired-token':
      'このダウンロードはもう提供されていません。ページを再読み込みして、もう一度お試しください。',
  },
}
