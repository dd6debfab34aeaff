package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf16"
)

// How requests are read and refused: docs/protocol.md, "Batches" and "Errors".

const maxBatchSize = 100

var errorCodes = map[string]struct {
	status int
	// Whether the same request may succeed later.
	retryable bool
}{
	"invalid-request":        {400, false},
	"unauthorized":           {401, false},
	"origin-not-allowed":     {403, false},
	"invalid-token":          {403, false},
	"expired-token":          {403, false},
	"upload-not-found":       {404, true},
	"method-not-allowed":     {405, false},
	"size-mismatch":          {409, false},
	"type-mismatch":          {409, false},
	"request-too-large":      {413, false},
	"file-too-large":         {413, false},
	"unsupported-media-type": {415, false},
	"unsupported-operation":  {501, false},
	"storage-error":          {502, true},
	"storage-refused":        {502, false},
}

// Refusal says why a request, or one item of it, is refused.
type Refusal struct {
	Code      string `json:"code"`
	Message   string `json:"message"`
	Retryable bool   `json:"retryable"`
	// Of the upload, where a genuine token named it.
	id string
}

// The mark in front says that the message is for developers: pages show users a sentence of their own.
func refuse(code, message string) *Refusal {
	return &Refusal{Code: code, Message: "s3-direct-upload: " + message, Retryable: errorCodes[code].retryable}
}

// Request is an envelope; its items are read one by one.
type Request struct {
	Operation string          `json:"operation"`
	Attempt   *int64          `json:"attempt"`
	Files     json.RawMessage `json:"files"`
	Uploads   json.RawMessage `json:"uploads"`
	Tokens    json.RawMessage `json:"tokens"`
}

// File is what the browser says of a file it wants to upload.
type File struct {
	ID, Name, Type, Checksum string
	Size                     int64
}

var (
	uuid      = regexp.MustCompile(`(?i)^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)
	sha256Sum = regexp.MustCompile(`^[A-Za-z0-9+/]{43}=$`)
	mediaType = regexp.MustCompile(`^[\w.+-]+/[\w.+-]+(; ?[\w-]+=[\w.-]+)?$`)
)

func readRequest(body []byte) (Request, *Refusal) {
	var request Request
	if err := json.Unmarshal(body, &request); err != nil {
		return request, refuse("invalid-request", firstOf(fieldOf(err), "body")+": is not what the protocol says.")
	}
	if request.Operation == "" {
		return request, refuse("invalid-request", "operation: must be text.")
	}
	if request.Attempt != nil && *request.Attempt < 1 {
		return request, refuse("invalid-request", "attempt: must be 1 or more.")
	}
	return request, nil
}

type answerItem func(item json.RawMessage, field string) (any, *Refusal)

// answerEach has one entry per item, in order: a refused item takes no other along.
func answerEach(field string, list json.RawMessage, answer answerItem) (any, *Refusal) {
	entries, refusal := entriesOf(field, list, answer)
	return map[string]any{field: entries}, refusal
}

// abortEach answers a list of tokens with a list of uploads.
func abortEach(list json.RawMessage, answer answerItem) (any, *Refusal) {
	entries, refusal := entriesOf("tokens", list, answer)
	return map[string]any{"uploads": entries}, refusal
}

func entriesOf(field string, list json.RawMessage, answer answerItem) ([]any, *Refusal) {
	var items []json.RawMessage
	if json.Unmarshal(list, &items) != nil || len(items) < 1 || len(items) > maxBatchSize {
		return nil, refuse("invalid-request", field+": must be a list of 1 to 100 items.")
	}
	entries := make([]any, len(items))
	for index, item := range items {
		entry, refusal := answer(item, fmt.Sprintf("%s.%d", field, index))
		if refusal != nil {
			entry = refusedEntry(item, refusal)
		}
		entries[index] = entry
	}
	return entries, nil
}

func refusedEntry(item json.RawMessage, refusal *Refusal) map[string]any {
	entry := map[string]any{"error": refusal}
	id := refusal.id
	// A malformed item may still say which file it is.
	var identified struct{ ID json.RawMessage }
	if id == "" && json.Unmarshal(item, &identified) == nil && json.Unmarshal(identified.ID, &id) != nil {
		id = ""
	}
	if id != "" && len(id) <= 64 {
		entry["id"] = id
	}
	return entry
}

func readFile(item json.RawMessage, field string) (File, *Refusal) {
	// Pointers, so that what is missing or null is not taken for 0 or "".
	var given struct {
		ID           *string            `json:"id"`
		Name         *string            `json:"name"`
		Type         *string            `json:"type"`
		RelativePath *string            `json:"relativePath"`
		Checksum     *string            `json:"checksum"`
		Size         *int64             `json:"size"`
		Metadata     map[string]*string `json:"metadata"`
	}
	wrong := func(name, problem string) (File, *Refusal) {
		return File{}, refuse("invalid-request", strings.TrimSuffix(field+"."+name, ".")+": "+problem+".")
	}
	if err := json.Unmarshal(item, &given); err != nil {
		return wrong(fieldOf(err), "has the wrong type")
	}
	switch {
	case given.ID == nil || !uuid.MatchString(*given.ID):
		return wrong("id", "must be a UUID")
	case !isText(given.Name, 1, 1024):
		return wrong("name", "must be text of 1 to 1024 characters")
	case !isText(given.Type, 0, 255):
		return wrong("type", "must be text of at most 255 characters")
	case given.Size == nil || *given.Size < 0 || *given.Size >= 1<<53:
		return wrong("size", "must be a number of bytes")
	case given.RelativePath != nil && !isText(given.RelativePath, 0, 4096):
		return wrong("relativePath", "must be text of at most 4096 characters")
	case given.Checksum != nil && !sha256Sum.MatchString(*given.Checksum):
		return wrong("checksum", "must be a base64 SHA-256")
	}
	for name, value := range given.Metadata {
		if !isText(&name, 0, 128) || !isText(value, 0, 2048) {
			return wrong("metadata", "must have names of at most 128 and texts of at most 2048 characters")
		}
	}
	file := File{ID: *given.ID, Name: *given.Name, Type: strings.ToLower(*given.Type), Size: *given.Size}
	if !mediaType.MatchString(file.Type) {
		file.Type = "application/octet-stream"
	}
	if given.Checksum != nil {
		file.Checksum = *given.Checksum
	}
	return file, nil
}

func readToken(item json.RawMessage, field string) (string, *Refusal) {
	var token *string
	if json.Unmarshal(item, &token) != nil || !isText(token, 0, 16_384) {
		return "", refuse("invalid-request", field+": must be text of at most 16384 characters.")
	}
	return *token, nil
}

// isText counts as browsers do.
func isText(text *string, minLength, maxLength int) bool {
	if text == nil {
		return false
	}
	length := len(utf16.Encode([]rune(*text)))
	return length >= minLength && length <= maxLength
}

// fieldOf is the field in which JSON has the wrong type, "" where that is the whole.
func fieldOf(err error) string {
	var wrongType *json.UnmarshalTypeError
	if errors.As(err, &wrongType) {
		return wrongType.Field
	}
	return ""
}
