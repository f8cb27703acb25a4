using Microsoft.Extensions.AI;

namespace FlexiAI;

/// <summary>What a <see cref="FlexiClient"/> adds to an answer: who gave it.</summary>
public static class FlexiResponseExtensions
{
    extension(ChatResponse response)
    {
        /// <summary>The name of the provider entry that answered; null if the answer is not from a <see cref="FlexiClient"/>.</summary>
        public string? Provider => RequestReport.Of(response)?.Provider;

        /// <summary>Every attempt of the request in order, skipped providers included; empty if the answer is not from a <see cref="FlexiClient"/>.</summary>
        public IReadOnlyList<Attempt> Attempts => RequestReport.Of(response)?.Attempts ?? [];
    }

    extension(ChatResponseUpdate update)
    {
        /// <summary>The name of the provider entry whose stream this is; null on all updates but the first.</summary>
        public string? Provider => RequestReport.Of(update.AdditionalProperties)?.Provider;

        /// <summary>
        /// Every attempt of the request in order; empty on all updates but the first. The attempt that answers is added when the stream ends.
        /// </summary>
        public IReadOnlyList<Attempt> Attempts => RequestReport.Of(update.AdditionalProperties)?.Attempts ?? [];
    }

    extension<TEmbedding>(GeneratedEmbeddings<TEmbedding> embeddings)
        where TEmbedding : Embedding
    {
        /// <summary>The name of the provider entry that answered; null if the answer is not from a <see cref="FlexiClient"/>.</summary>
        public string? Provider => RequestReport.Of(embeddings.AdditionalProperties)?.Provider;

        /// <summary>Every attempt of the request in order; empty if the answer is not from a <see cref="FlexiClient"/>.</summary>
        public IReadOnlyList<Attempt> Attempts => RequestReport.Of(embeddings.AdditionalProperties)?.Attempts ?? [];
    }
}
