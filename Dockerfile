FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -o /partnergraph ./cmd/partnergraph

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /partnergraph /partnergraph
EXPOSE 8080
ENTRYPOINT ["/partnergraph"]
CMD ["serve", "--listen", ":8080"]
