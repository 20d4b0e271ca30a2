package io.longhaul.server.app;

import io.longhaul.server.cluster.HttpNodes;
import io.longhaul.server.cluster.NodeSignature;
import io.longhaul.server.core.holder.Holders;
import io.longhaul.server.core.holder.OtherNodes;
import io.longhaul.server.web.HolderHandler;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The calls between nodes. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("longhaul.cluster.url")
class ClusterConfiguration {

    @Bean
    NodeSignature nodeSignature(LonghaulProperties properties) {
        return new NodeSignature(Objects.requireNonNull(properties.cluster().secret()));
    }

    @Bean
    OtherNodes otherNodes(NodeSignature signature, LonghaulProperties properties) {
        return new HttpNodes(Objects.requireNonNull(properties.cluster().url()), signature);
    }

    @Bean
    HolderHandler holderHandler(Holders holders, NodeSignature signature) {
        return new HolderHandler(holders, signature);
    }
}
