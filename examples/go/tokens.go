package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"
)

// Claims are what was signed for one upload; later operations act on them alone.
type Claims struct {
	Kind    string `json:"kind"`
	ID      string `json:"id"`
	Owner   string `json:"owner"`
	Key     string `json:"key"`
	Size    int64  `json:"size"`
	Type    string `json:"type"`
	ETag    string `json:"etag,omitempty"`
	Expires int64  `json:"expires"`
}

// Tokens signs and reads v1.<claims>.<HMAC-SHA-256>, both in base64url.
type Tokens struct{ secret []byte }

func (t Tokens) sign(kind string, claims Claims, lifetime time.Duration) string {
	claims.Kind, claims.Expires = kind, time.Now().Add(lifetime).Unix()
	content, err := json.Marshal(claims)
	if err != nil {
		panic(err) // Texts and numbers always have a JSON form.
	}
	payload := base64.RawURLEncoding.EncodeToString(content)
	return "v1." + payload + "." + t.signature(payload)
}

// read checks the signature before it reads anything.
func (t Tokens) read(kind, token string) (Claims, *Refusal) {
	var claims Claims
	payload, signature, _ := strings.Cut(strings.TrimPrefix(token, "v1."), ".")
	genuine := strings.HasPrefix(token, "v1.") && hmac.Equal([]byte(signature), []byte(t.signature(payload)))
	content, err := base64.RawURLEncoding.DecodeString(payload)
	if !genuine || err != nil || json.Unmarshal(content, &claims) != nil || claims.Kind != kind {
		return claims, refuse("invalid-token", "The token is malformed, altered or of another kind.")
	}
	if claims.Expires < time.Now().Unix() {
		refusal := refuse("expired-token", "The token is too old.")
		refusal.id = claims.ID
		return claims, refusal
	}
	return claims, nil
}

func (t Tokens) signature(payload string) string {
	return base64.RawURLEncoding.EncodeToString(hmacSHA256(t.secret, "v1."+payload))
}

func hmacSHA256(key []byte, text string) []byte {
	hash := hmac.New(sha256.New, key)
	hash.Write([]byte(text))
	return hash.Sum(nil)
}
