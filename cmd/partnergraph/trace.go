package main

import (
	"cmp"
	"context"
	"log/slog"
	"os"
	"runtime/debug"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
	api "go.opentelemetry.io/otel/trace"

	"github.com/partnergraph/partnergraph/internal/network"
)

// trace begins to send traces where the environment says so, by the variables of OpenTelemetry, which its library reads; the
// tracer is nil if it says nowhere. told sends what is left.
func trace(ctx context.Context, log *slog.Logger) (tracer api.Tracer, told func(), _ error) {
	const name = "OTEL_EXPORTER_OTLP_"
	to := cmp.Or(os.Getenv(name+"TRACES_ENDPOINT"), os.Getenv(name+"ENDPOINT"))
	if to == "" || os.Getenv("OTEL_SDK_DISABLED") == "true" || os.Getenv("OTEL_TRACES_EXPORTER") == "none" {
		return nil, func() {}, nil
	}
	if p := cmp.Or(os.Getenv(name+"TRACES_PROTOCOL"), os.Getenv(name+"PROTOCOL")); p != "" && p != "http/protobuf" {
		return nil, nil, network.Errorf(network.BadUserInput, "%sPROTOCOL: traces are sent by http/protobuf, not by %.40q", name, p)
	}
	exporter, err := otlptracehttp.New(ctx)
	if err != nil {
		return nil, nil, err
	}
	info, _ := debug.ReadBuildInfo()
	of, err := resource.New(ctx, resource.WithTelemetrySDK(),
		resource.WithAttributes(semconv.ServiceName("partnergraph"), semconv.ServiceVersion(versionOf(info))),
		resource.WithFromEnv()) // the last word
	if err != nil {
		return nil, nil, network.Errorf(network.BadUserInput, "OTEL_RESOURCE_ATTRIBUTES: %w", err)
	}
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) { log.Warn("traces are lost", "error", err) }))
	provider := sdk.NewTracerProvider(sdk.WithBatcher(exporter), sdk.WithResource(of))
	return provider.Tracer("partnergraph"), func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		_ = provider.Shutdown(ctx)
	}, nil
}
