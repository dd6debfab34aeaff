module example.com/s3-direct-upload-endpoint

go 1.19
