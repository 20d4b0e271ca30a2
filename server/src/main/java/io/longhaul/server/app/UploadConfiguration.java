package io.longhaul.server.app;

import io.longhaul.server.core.catalog.UploadCatalog;
import io.longhaul.server.core.content.ContentStore;
import io.longhaul.server.core.event.UploadListeners;
import io.longhaul.server.core.holder.HolderTiming;
import io.longhaul.server.core.holder.Holders;
import io.longhaul.server.core.holder.OtherNodes;
import io.longhaul.server.core.service.OutboxRelay;
import io.longhaul.server.core.service.Uploads;
import io.longhaul.server.observability.MeteredContentStore;
import io.longhaul.server.observability.MeteredUploadCatalog;
import io.longhaul.server.observability.UploadLog;
import io.longhaul.server.observability.UploadMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The domain on its stores. */
@Configuration(proxyBeanMethods = false)
class UploadConfiguration {

    @Bean
    MeteredUploadCatalog catalog(UploadCatalog storedCatalog, MeterRegistry registry) {
        return new MeteredUploadCatalog(storedCatalog, registry);
    }

    @Bean
    MeteredContentStore content(ContentStore storedContent, MeterRegistry registry) {
        return new MeteredContentStore(storedContent, registry);
    }

    @Bean
    UploadMetrics uploadMetrics(MeterRegistry registry) {
        return new UploadMetrics(registry);
    }

    @Bean
    OutboxRelay outboxRelay(MeteredUploadCatalog catalog, UploadMetrics metrics) {
        return new OutboxRelay(catalog, new UploadListeners(List.of(metrics, new UploadLog())));
    }

    @Bean
    UploadListeners listeners(UploadMetrics metrics, OutboxRelay relay) {
        return new UploadListeners(List.of(metrics, new UploadLog(), relay));
    }

    @Bean
    Holders holders(
            UploadListeners listeners, UploadMetrics metrics, ObjectProvider<OtherNodes> others) {
        Holders holders =
                new Holders(
                        HolderTiming.DEFAULT, listeners, others.getIfAvailable(OtherNodes::none));
        metrics.showActive(holders::count);
        return holders;
    }

    @Bean
    Uploads uploads(
            MeteredUploadCatalog catalog,
            MeteredContentStore content,
            Holders holders,
            LonghaulProperties properties,
            UploadListeners listeners,
            UploadMetrics metrics) {
        metrics.showUsable(content);
        return new Uploads(
                catalog, content, holders, properties.limits(), listeners, InstantSource.system());
    }

    @Bean
    BackgroundWork backgroundWork(
            Uploads uploads, OutboxRelay relay, LonghaulProperties properties) {
        return new BackgroundWork(uploads, relay, properties.sweepInterval());
    }

    @Bean
    HolderShutdown holderShutdown(Holders holders) {
        return new HolderShutdown(holders);
    }
}
