namespace FlexiAI;
