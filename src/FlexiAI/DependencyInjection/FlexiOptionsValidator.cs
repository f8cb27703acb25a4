using Microsoft.Extensions.Options;

namespace FlexiAI;

/// <summary>Checks one client's options when the application starts, as the client itself would.</summary>
internal sealed class FlexiOptionsValidator(string name) : IValidateOptions<FlexiOptions>
{
    public ValidateOptionsResult Validate(string? optionsName, FlexiOptions options)
    {
        if (optionsName != name)
        {
            return ValidateOptionsResult.Skip;
        }

        try
        {
            FlexiOptionsValidation.ThrowIfInvalid(options, ProviderEntries.Complete(options.Providers, options.Environment));
            return ValidateOptionsResult.Success;
        }
        catch (OptionsValidationException e)
        {
            return ValidateOptionsResult.Fail(e.Failures);
        }
    }
}
