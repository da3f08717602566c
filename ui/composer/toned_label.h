#pragma once

#include "style/elided_label.h"

namespace longcode::composer {

/// Plain text that wraps, in one of the theme's colours, which it follows by itself. UI thread.
class TonedLabel final : public QLabel {
    Q_OBJECT
public:
    explicit TonedLabel(style::TextTone tone, QWidget *parent = nullptr);

    void setTone(style::TextTone tone);
    void setTextSize(style::TextSize size);
    void setStrong();

protected:
    void changeEvent(QEvent *event) override;

private:
    void colour();

    style::TextTone m_tone;
    style::TextSize m_size = style::TextSize::Body;
    style::TextWeight m_weight = style::TextWeight::Normal;
};

} // namespace longcode::composer
