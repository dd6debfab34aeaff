package main

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

// Bucket signs for one bucket with one access key: AWS Signature Version 4.
type Bucket struct {
	name, region, endpoint                     string
	accessKeyID, secretAccessKey, sessionToken string
}

// Object is what HeadObject says.
type Object struct {
	size              int64
	contentType, etag string
}

var client = &http.Client{Timeout: 15 * time.Second}

func bucketFromEnv() (Bucket, error) {
	bucket := Bucket{
		name:            os.Getenv("S3_BUCKET"),
		region:          firstOf(os.Getenv("AWS_REGION"), os.Getenv("AWS_DEFAULT_REGION")),
		endpoint:        firstOf(os.Getenv("AWS_ENDPOINT_URL_S3"), os.Getenv("AWS_ENDPOINT_URL")),
		accessKeyID:     os.Getenv("AWS_ACCESS_KEY_ID"),
		secretAccessKey: os.Getenv("AWS_SECRET_ACCESS_KEY"),
		sessionToken:    os.Getenv("AWS_SESSION_TOKEN"),
	}
	if bucket.name == "" || bucket.region == "" || bucket.accessKeyID == "" || bucket.secretAccessKey == "" {
		return bucket, fmt.Errorf("set S3_BUCKET, AWS_REGION, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
	}
	return bucket, nil
}

// url of the bucket: in the path of an endpoint of your own, else in the host name.
func (b Bucket) url() string {
	if b.endpoint != "" {
		return strings.TrimRight(b.endpoint, "/") + "/" + b.name
	}
	return "https://" + b.name + ".s3." + b.region + ".amazonaws.com/"
}

// signForm makes the fields that let a browser post exactly this file under exactly this key.
// https://docs.aws.amazon.com/AmazonS3/latest/developerguide/sigv4-HTTPPOSTConstructPolicy.html
func (b Bucket) signForm(key string, file File, now time.Time) map[string]string {
	date := now.UTC().Format("20060102T150405Z")
	fields := map[string]string{
		"key":                   key,
		"Content-Type":          file.Type,
		"success_action_status": "201",
		"x-amz-algorithm":       "AWS4-HMAC-SHA256",
		"x-amz-credential":      b.accessKeyID + "/" + b.scope(date),
		"x-amz-date":            date,
	}
	if b.sessionToken != "" {
		fields["x-amz-security-token"] = b.sessionToken
	}
	if file.Checksum != "" {
		fields["x-amz-checksum-algorithm"] = "SHA256"
		fields["x-amz-checksum-sha256"] = file.Checksum
	}
	conditions := []any{
		map[string]string{"bucket": b.name},
		[]any{"content-length-range", file.Size, file.Size},
	}
	for name, value := range fields {
		conditions = append(conditions, map[string]string{name: value})
	}
	policy, err := json.Marshal(map[string]any{
		"expiration": now.UTC().Add(signatureSeconds * time.Second).Format("2006-01-02T15:04:05.000Z"),
		"conditions": conditions,
	})
	if err != nil {
		panic(err) // Texts and numbers always have a JSON form.
	}
	fields["policy"] = base64.StdEncoding.EncodeToString(policy)
	fields["x-amz-signature"] = b.signature(date, fields["policy"])
	return fields
}

// head asks S3 for an object. Without s3:ListBucket, S3 answers 403 where there is none.
func (b Bucket) head(ctx context.Context, key string) (Object, *Refusal) {
	failed := refuse("storage-error", "The storage did not answer. Try again later.")
	request, err := http.NewRequestWithContext(ctx, http.MethodHead, b.presign(http.MethodHead, key, time.Now()), nil)
	if err != nil {
		return Object{}, failed
	}
	response, err := client.Do(request)
	if err != nil {
		log.Print("S3 did not answer HeadObject.") // The error names the signed URL.
		return Object{}, failed
	}
	response.Body.Close()
	switch response.StatusCode {
	case http.StatusOK:
		header := response.Header
		return Object{response.ContentLength, header.Get("Content-Type"), header.Get("ETag")}, nil
	case http.StatusNotFound:
		return Object{}, refuse("upload-not-found", "The file has not arrived.")
	case http.StatusForbidden:
		log.Print("S3 refuses this server: its credentials need s3:GetObject and s3:ListBucket.")
		return Object{}, refuse("storage-refused", "The storage refuses this server.")
	}
	log.Printf("S3 answered %d to HeadObject.", response.StatusCode)
	return Object{}, failed
}

// presign makes a URL that is good for one request.
// https://docs.aws.amazon.com/AmazonS3/latest/developerguide/sigv4-query-string-auth.html
func (b Bucket) presign(method, key string, now time.Time) string {
	date := now.UTC().Format("20060102T150405Z")
	target := strings.TrimRight(b.url(), "/") + "/" + encodePath(key)
	parsed, err := url.Parse(target)
	if err != nil {
		return ""
	}
	query := url.Values{
		"X-Amz-Algorithm":     {"AWS4-HMAC-SHA256"},
		"X-Amz-Credential":    {b.accessKeyID + "/" + b.scope(date)},
		"X-Amz-Date":          {date},
		"X-Amz-Expires":       {"60"},
		"X-Amz-SignedHeaders": {"host"},
	}
	if b.sessionToken != "" {
		query.Set("X-Amz-Security-Token", b.sessionToken)
	}
	canonical := strings.Join([]string{
		method, parsed.EscapedPath(), query.Encode(), "host:" + parsed.Host, "", "host", "UNSIGNED-PAYLOAD",
	}, "\n")
	hash := sha256.Sum256([]byte(canonical))
	text := strings.Join([]string{"AWS4-HMAC-SHA256", date, b.scope(date), hex.EncodeToString(hash[:])}, "\n")
	return target + "?" + query.Encode() + "&X-Amz-Signature=" + b.signature(date, text)
}

func (b Bucket) scope(date string) string {
	return date[:8] + "/" + b.region + "/s3/aws4_request"
}

func (b Bucket) signature(date, text string) string {
	key := hmacSHA256([]byte("AWS4"+b.secretAccessKey), date[:8])
	for _, part := range []string{b.region, "s3", "aws4_request"} {
		key = hmacSHA256(key, part)
	}
	return hex.EncodeToString(hmacSHA256(key, text))
}

// encodePath encodes a key as S3 wants it: everything but letters, digits and -._~ of each segment.
func encodePath(key string) string {
	return strings.ReplaceAll(strings.ReplaceAll(url.QueryEscape(key), "+", "%20"), "%2F", "/")
}
