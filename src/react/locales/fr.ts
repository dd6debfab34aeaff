import type { LocalePack } from '../text/locale-pack.js'

/**
 * The French texts. Not yet read by a native speaker.
 *
 * @example
 * <S3Uploader endpoint="/api/s3" locale={fr} />
 */
export const fr: LocalePack = {
  code: 'fr',
  dir: 'ltr',
  strings: {
    exceedsSize: '%{file} dépasse %{size}.',
    inferiorSize: 'Le fichier fait moins de %{size}.',
    youCanOnlyUploadFileTypes: 'Types acceptés ici\u00a0: %{types}.',
    youCanOnlyUploadX: {
      one: 'Vous ne pouvez pas ajouter plus de %{smart_count} fichier.',
      many: 'Vous ne pouvez pas ajouter plus de %{smart_count} de fichiers.',
      other: 'Vous ne pouvez pas ajouter plus de %{smart_count} fichiers.',
    },
    cannotBeAdded: 'Le fichier ne peut pas être ajouté ici.',
    fileAndReason: '%{file}\u00a0: %{reason}',
    unreadable: 'Le navigateur n’a pas pu le lire.',
    folderEmpty: 'Le dossier est vide.',
    nothingToUpload: 'Il ne contient rien à envoyer.',
    nothingDropped:
      'Aucun fichier n’est arrivé. Enregistrez-le d’abord, puis déposez le fichier enregistré.',
    images: 'images',
    videos: 'vidéos',
    audio: 'audio',
    textFiles: 'fichiers texte',
    fileRequired: 'Ajoutez un fichier et attendez la fin de son envoi.',
    uploadsUnderWay: 'Attendez la fin des envois.',
    uploadsPaused: 'Reprenez les envois en pause ou retirez-les.',
    uploadsNotStarted: 'Envoyez les fichiers ou retirez-les.',
    uploadsFailed: 'Réessayez les fichiers en échec ou retirez-les.',

    dropPasteFiles: 'Déposez des fichiers ici ou %{browseFiles}',
    browseFiles: 'parcourez',
    browse: 'parcourez',
    dropHint: 'Relâchez pour ajouter les fichiers',
    chooseFolder: 'Choisir un dossier',
    takePhoto: 'Prendre une photo',
    letGo: {
      one: 'Relâchez pour ajouter %{smart_count} fichier',
      many: 'Relâchez pour ajouter %{smart_count} de fichiers',
      other: 'Relâchez pour ajouter %{smart_count} fichiers',
    },
    cannotDrop: 'Seuls ces types peuvent être ajoutés ici : %{types}',
    readingFolders: {
      one: 'Lecture des dossiers, %{smart_count} fichier pour l’instant',
      many: 'Lecture des dossiers, %{smart_count} de fichiers pour l’instant',
      other: 'Lecture des dossiers, %{smart_count} fichiers pour l’instant',
    },
    uploadXFiles: {
      one: 'Envoyer %{smart_count} fichier',
      many: 'Envoyer %{smart_count} de fichiers',
      other: 'Envoyer %{smart_count} fichiers',
    },
    xFilesSelected: {
      one: '%{smart_count} fichier sélectionné',
      many: '%{smart_count} de fichiers sélectionnés',
      other: '%{smart_count} fichiers sélectionnés',
    },
    filesUploadedOfTotal: {
      one: '%{complete} fichier sur %{smart_count} envoyé',
      many: '%{complete} fichiers sur %{smart_count} envoyés',
      other: '%{complete} fichiers sur %{smart_count} envoyés',
    },
    dataUploadedOfTotal: '%{complete} sur %{total}',
    xTimeLeft: 'encore %{time}',
    uploading: 'Envoi en cours',
    uploadComplete: 'Envoyé',
    verified: 'Envoyé et vérifié',
    uploadFailed: 'Non envoyé',
    paused: 'En pause',
    pauseUpload: 'Mettre en pause',
    resumeUpload: 'Reprendre l’envoi',
    retryUpload: 'Réessayer',
    cancelUpload: 'Annuler l’envoi',
    removeFile: 'Retirer le fichier',
    noInternetConnection:
      'Vous êtes hors ligne. Les envois reprendront d’eux-mêmes au retour de la connexion.',
    connectedToInternet: 'Connexion rétablie',

    dropOneFile: 'Déposez un fichier ici ou %{browseFiles}',
    chooseFiles: 'Choisir des fichiers',
    chooseFile: 'Choisir un fichier',
    choosePhoto: 'Choisir une photo',
    changePhoto: 'Changer la photo',
    removePhoto: 'Supprimer',
    notStarted: 'Pas commencé',
    waiting: 'En attente',
    waitingForConnection: 'En attente de connexion',
    preparing: 'En préparation',
    tryingAgainIn: 'Nouvel essai dans %{time}',
    tryingAgain: 'Nouvel essai',
    finishing: 'Finalisation',
    percentUploaded: '%{status} %{percent}',
    stored: 'Enregistré',
    removing: 'Suppression',
    allUploaded: {
      one: 'Fichier envoyé',
      many: 'Les %{smart_count} de fichiers sont envoyés',
      other: 'Les %{smart_count} fichiers sont envoyés',
    },
    xFailed: {
      one: '%{smart_count} échec',
      many: '%{smart_count} d’échecs',
      other: '%{smart_count} échecs',
    },
    pauseAll: 'Tout mettre en pause',
    resumeAll: 'Tout reprendre',
    retryAll: 'Tout réessayer',
    removeAll: 'Tout retirer',
    cancelAll: 'Tout annuler',
    clearList: 'Vider la liste',
    undo: 'Rétablir',
    interruptedTitle: {
      one: '%{smart_count} envoi n’a pas été terminé la dernière fois',
      many: '%{smart_count} d’envois n’ont pas été terminés la dernière fois',
      other: '%{smart_count} envois n’ont pas été terminés la dernière fois',
    },
    chooseAgain: 'Choisissez de nouveau ce fichier pour continuer',
    continueUpload: 'Continuer',
    discardUpload: 'Abandonner l’envoi',
    hide: 'Masquer',
    hideAll: 'Tout masquer',
    actionOnFile: '%{action}\u00a0: %{file}',
    fileList: 'Fichiers',
    fileProgress: 'Progression de %{file}',
    totalProgress: 'Progression de tous les fichiers',
    hintSize: 'jusqu’à %{size} chacun',
    hintCount: {
      one: '%{smart_count} fichier',
      many: 'jusqu’à %{smart_count} de fichiers',
      other: 'jusqu’à %{smart_count} fichiers',
    },
    xNotUploaded: {
      one: '%{smart_count} fichier n’a pas pu être envoyé.',
      many: '%{smart_count} de fichiers n’ont pas pu être envoyés.',
      other: '%{smart_count} fichiers n’ont pas pu être envoyés.',
    },
    xNotAdded: {
      one: '%{smart_count} fichier n’a pas été ajouté',
      many: '%{smart_count} de fichiers n’ont pas été ajoutés',
      other: '%{smart_count} fichiers n’ont pas été ajoutés',
    },
    xInList: {
      one: '%{smart_count} fichier était déjà dans la liste.',
      many: '%{smart_count} de fichiers étaient déjà dans la liste.',
      other: '%{smart_count} fichiers étaient déjà dans la liste.',
    },
    addAnyway: 'Ajouter quand même',
    filesAndMore: {
      one: '%{files} et %{smart_count} autre',
      many: '%{files} et %{smart_count} d’autres',
      other: '%{files} et %{smart_count} autres',
    },
    filesAndReason: '%{summary}\u00a0: %{files}. %{reason}',
    tooLarge: 'Ils sont trop volumineux.',
    tooSmall: 'Ils sont trop petits.',
    addedBefore: 'Ils sont déjà dans la liste.',
    xMoreNotAdded: {
      one: '%{smart_count} autre n’a pas été ajouté',
      many: '%{smart_count} d’autres n’ont pas été ajoutés',
      other: '%{smart_count} autres n’ont pas été ajoutés',
    },
    xFilesAdded: {
      one: '%{smart_count} fichier ajouté',
      many: '%{smart_count} de fichiers ajoutés',
      other: '%{smart_count} fichiers ajoutés',
    },
    fileUploaded: '%{file} envoyé',
    fileNotUploaded: '%{file} n’a pas pu être envoyé\u00a0: %{reason}',
    filePaused: '%{file} en pause',
    xPaused: {
      one: '%{smart_count} envoi en pause',
      many: '%{smart_count} d’envois en pause',
      other: '%{smart_count} envois en pause',
    },
    fileResumed: '%{file} repris',
    xResumed: {
      one: '%{smart_count} envoi repris',
      many: '%{smart_count} d’envois repris',
      other: '%{smart_count} envois repris',
    },
    fileRemoved: '%{file} retiré',
    undoAvailable: 'Il est possible de rétablir',
    xRemoved: {
      one: '%{smart_count} fichier retiré',
      many: '%{smart_count} de fichiers retirés',
      other: '%{smart_count} fichiers retirés',
    },

    download: 'Télécharger',
    downloadFile: 'Télécharger %{file}',
    openDownload: 'Ouvrir',
    openFile: 'Ouvrir %{file}',
    preparingDownload: 'Préparation du téléchargement',
    downloadStarted: 'Le téléchargement a commencé',
    downloadOpened: 'Ouvert dans un nouvel onglet',

    'error:network': 'La connexion a été perdue. Vérifiez votre connexion internet et réessayez.',
    'error:endpoint-unreachable': 'Le serveur n’a pas répondu. Réessayez dans quelques minutes.',
    'error:rate-limited': 'Le serveur est surchargé. Réessayez dans quelques minutes.',
    'error:misconfigured':
      'Les envois ne fonctionnent pas sur cette page pour le moment. Prévenez les responsables du site.',
    'error:storage-rejected':
      'Le stockage n’a pas accepté le fichier. Réessayez, ou prévenez les responsables du site.',
    'error:unauthorized': 'Reconnectez-vous, puis réessayez.',
    'error:forbidden':
      'Vous n’êtes pas autorisé à envoyer des fichiers ici. Demandez aux responsables du site.',
    'error:quota-exceeded':
      'Il n’y a plus de place pour ce fichier. Supprimez des fichiers dont vous n’avez plus besoin.',
    'error:too-many-files': 'Il y a trop de fichiers. Choisissez-en moins.',
    'error:file-too-large': 'Le fichier est trop volumineux. Choisissez-en un plus petit.',
    'error:file-too-small': 'Le fichier est trop petit. Choisissez-en un autre.',
    'error:file-type-not-accepted':
      'Les fichiers de ce type ne peuvent pas être ajoutés ici. Choisissez un autre fichier.',
    'error:type-mismatch':
      'Le contenu du fichier ne correspond pas à son type. Choisissez un autre fichier.',
    'error:file-unreadable':
      'Le fichier a été modifié, déplacé ou supprimé. Choisissez-le de nouveau.',
    'error:file-package':
      'C’est un paquet de plusieurs fichiers. Compressez-le en fichier ZIP et choisissez celui-ci.',
    'error:file-refused': 'Ce fichier ne peut pas être utilisé ici. Choisissez-en un autre.',
    'error:file-not-answering':
      'Le lecteur ou le dossier réseau du fichier ne répond pas. Reconnectez-le pour continuer.',
    'error:cannot-reopen': 'Choisissez de nouveau le fichier pour continuer.',
    'error:interrupted-gone': 'Cet envoi n’existe plus. Ajoutez de nouveau le fichier.',
    'error:remote-file':
      'Les fichiers de cette source ne peuvent pas être ajoutés ici. Enregistrez-le d’abord sur votre appareil.',
    'error:upload-cut-off': 'L’envoi a été interrompu. Réessayez.',
    'error:checksum-mismatch': 'Le fichier est arrivé endommagé. Réessayez.',
    'error:upload-gone': 'L’envoi a été interrompu trop longtemps. Réessayez.',
    'error:upload-exists':
      'Cet envoi est déjà terminé. Retirez le fichier ici et ajoutez-le de nouveau.',
    'error:upload-elsewhere': 'Cet envoi continue dans un autre onglet. Retirez le fichier ici.',
    'error:object-not-found': 'Le fichier n’est plus là. Envoyez-le de nouveau.',
    'error:code-not-loaded':
      'Le module d’envoi n’a pas pu être chargé. Vérifiez votre connexion et rechargez la page.',
    'error:browser-too-old':
      'Ce navigateur est trop ancien pour envoyer des fichiers. Mettez-le à jour ou utilisez-en un autre.',
    'error:cancelled': 'L’envoi a été annulé.',
    'error:other': 'Un problème est survenu. Réessayez.',
    'error:download-misconfigured':
      'Les téléchargements ne fonctionnent pas sur cette page pour le moment. Prévenez les responsables du site.',
    'error:download-forbidden':
      'Vous n’êtes pas autorisé à télécharger ce fichier. Demandez aux responsables du site.',
    'error:download-expired-token':
      'Ce téléchargement n’est plus proposé ici. Rechargez la page et réessayez.',
  },
}
