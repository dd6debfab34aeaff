// The signing endpoint of s3-direct-upload with Go's standard library alone: level core of docs/protocol.md.
//
// Who is signed in says currentUser: replace it with your own.
package main

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"path"
	"regexp"
	"strings"
	"time"
)

const (
	maxBodyBytes     = 1 << 20
	maxFileBytes     = 5 << 30 // What S3 takes in one request.
	signatureSeconds = 600
	tokenLifetime    = 24 * time.Hour
)

// Server is one signing endpoint for one bucket.
type Server struct {
	bucket Bucket
	tokens Tokens
	prefix string
	// The origin that browsers see, where a proxy makes it differ from the request's.
	publicOrigin string
	// User names by bearer token, for trying it out.
	users map[string]string
}

func main() {
	bucket, err := bucketFromEnv()
	if err != nil {
		log.Fatal(err)
	}
	secret := os.Getenv("S3_UPLOAD_SECRET")
	if len(secret) < 32 {
		log.Fatal("S3_UPLOAD_SECRET needs 32 random characters. Make them with: openssl rand -base64 32")
	}
	server := &Server{
		bucket:       bucket,
		tokens:       Tokens{[]byte(secret)},
		prefix:       os.Getenv("S3_PREFIX"),
		publicOrigin: os.Getenv("PUBLIC_ORIGIN"),
		users:        usersFromEnv(),
	}
	listener, err := net.Listen("tcp", "127.0.0.1:"+firstOf(os.Getenv("PORT"), "8000"))
	if err != nil {
		log.Fatal(err)
	}
	log.Printf("Listening on http://%s/api/s3", listener.Addr())
	http.Handle("/api/s3", server)
	log.Fatal((&http.Server{ReadTimeout: 30 * time.Second}).Serve(listener))
}

// currentUser says who sends the request, or "". Your app asks its session here.
func (s *Server) currentUser(r *http.Request) string {
	for token, user := range s.users {
		given := r.Header.Get("Authorization")
		if subtle.ConstantTimeCompare([]byte(given), []byte("Bearer "+token)) == 1 {
			return user
		}
	}
	return ""
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	answer, refusal := s.answer(r)
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	if refusal != nil {
		w.WriteHeader(errorCodes[refusal.Code].status)
		answer = map[string]any{"error": refusal}
	}
	if err := json.NewEncoder(w).Encode(answer); err != nil {
		log.Printf("The answer could not be sent: %v", err)
	}
}

func (s *Server) answer(r *http.Request) (any, *Refusal) {
	if r.Method != http.MethodPost {
		return nil, refuse("method-not-allowed", "This endpoint answers POST.")
	}
	if !s.isOwnOrigin(r) {
		return nil, refuse("origin-not-allowed", "Pages of this origin may not use the endpoint.")
	}
	// A form of another site cannot send this content type.
	mediaType, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
	if !strings.EqualFold(strings.TrimSpace(mediaType), "application/json") {
		return nil, refuse("unsupported-media-type", "The content type must be application/json.")
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBodyBytes+1))
	if err != nil {
		return nil, refuse("invalid-request", "body: broke off before its end.")
	}
	if len(body) > maxBodyBytes {
		return nil, refuse("request-too-large", "Send fewer files in one request.")
	}
	request, refusal := readRequest(body)
	if refusal != nil {
		return nil, refusal
	}
	user := s.currentUser(r)
	if user == "" {
		return nil, refuse("unauthorized", "Nobody is signed in. Sign in and try again.")
	}
	switch request.Operation {
	case "sign-uploads":
		return answerEach("files", request.Files, func(item json.RawMessage, field string) (any, *Refusal) {
			return s.signUpload(user, item, field)
		})
	case "complete-uploads":
		return answerEach("uploads", request.Uploads, func(item json.RawMessage, field string) (any, *Refusal) {
			return s.completeUpload(r, user, item, field)
		})
	case "abort-uploads":
		return abortEach(request.Tokens, func(item json.RawMessage, field string) (any, *Refusal) {
			claims, refusal := s.claimsOf(user, item, field)
			return map[string]string{"id": claims.ID, "state": "aborted"}, refusal
		})
	}
	return nil, refuse("unsupported-operation", "This server does not offer the operation.")
}

// No page of another site acts for a signed-in visitor. Only browsers send these headers, and no script can set them.
func (s *Server) isOwnOrigin(r *http.Request) bool {
	origin, site := r.Header.Get("Origin"), r.Header.Get("Sec-Fetch-Site")
	if origin == "" {
		return site == "" || site == "same-origin" || site == "none"
	}
	if s.publicOrigin != "" {
		return origin == s.publicOrigin
	}
	return origin == "http://"+r.Host || origin == "https://"+r.Host
}

func (s *Server) signUpload(user string, item json.RawMessage, field string) (any, *Refusal) {
	file, refusal := readFile(item, field)
	if refusal != nil {
		return nil, refusal
	}
	if file.Size > maxFileBytes {
		return nil, refuse("file-too-large", "The file is larger than the 5 GiB allowed here.")
	}
	key := s.prefix + newKey(file.Name)
	claims := Claims{ID: file.ID, Owner: user, Key: key, Size: file.Size, Type: file.Type}
	return map[string]any{
		"id":               file.ID,
		"method":           "POST",
		"url":              s.bucket.url(),
		"fields":           s.bucket.signForm(key, file, time.Now()),
		"key":              key,
		"token":            s.tokens.sign("upload", claims, tokenLifetime),
		"expiresInSeconds": signatureSeconds,
	}, nil
}

func (s *Server) completeUpload(r *http.Request, user string, item json.RawMessage, field string) (any, *Refusal) {
	var upload struct{ Token json.RawMessage }
	if json.Unmarshal(item, &upload) != nil {
		return nil, refuse("invalid-request", field+": must be an object.")
	}
	claims, refusal := s.claimsOf(user, upload.Token, field+".token")
	if refusal != nil {
		return nil, refusal
	}
	stored, refusal := s.bucket.head(r.Context(), claims.Key)
	if refusal == nil && stored.size != claims.Size {
		refusal = refuse("size-mismatch", "The stored object has another size than was signed.")
	}
	if refusal == nil && !strings.EqualFold(stored.contentType, claims.Type) {
		refusal = refuse("type-mismatch", "The stored object has another content type than was signed.")
	}
	if refusal != nil {
		refusal.id = claims.ID
		return nil, refusal
	}
	// This is where your app notes the file. It may happen again for the same upload, so it must be idempotent.
	claims.ETag = stored.etag
	return map[string]any{
		"id":          claims.ID,
		"key":         claims.Key,
		"size":        claims.Size,
		"etag":        stored.etag,
		"contentType": claims.Type,
		"receipt":     s.tokens.sign("receipt", claims, tokenLifetime),
	}, nil
}

// What a token of this user says. Later operations act on nothing else.
func (s *Server) claimsOf(user string, item json.RawMessage, field string) (Claims, *Refusal) {
	token, refusal := readToken(item, field)
	if refusal != nil {
		return Claims{}, refusal
	}
	claims, refusal := s.tokens.read("upload", token)
	if refusal == nil && claims.Owner != user {
		return Claims{}, refuse("invalid-token", "The token is not yours.")
	}
	return claims, refusal
}

var notPlain = regexp.MustCompile(`[^A-Za-z0-9_-]+`)

// Nobody can guess it, and of the name only what is harmless is left.
func newKey(name string) string {
	random := make([]byte, 16)
	if _, err := rand.Read(random); err != nil {
		panic(err)
	}
	extension := notPlain.ReplaceAllString(strings.TrimPrefix(path.Ext(name), "."), "")
	stem := strings.Trim(notPlain.ReplaceAllString(strings.TrimSuffix(name, path.Ext(name)), "-"), "-")
	plain := firstOf(shortened(stem, 100), "file")
	if extension != "" {
		plain += "." + shortened(extension, 16)
	}
	return fmt.Sprintf("%s/%s", hex.EncodeToString(random), plain)
}

func usersFromEnv() map[string]string {
	users := map[string]string{}
	for _, pair := range strings.Split(os.Getenv("DEMO_USERS"), ",") {
		if token, user, ok := strings.Cut(pair, "="); ok {
			users[token] = user
		}
	}
	return users
}

func shortened(text string, length int) string {
	if len(text) > length {
		return text[:length]
	}
	return text
}

func firstOf(values ...string) string {
	for _, value := range values {
		if value != "" {
			return value
		}
	}
	return ""
}
