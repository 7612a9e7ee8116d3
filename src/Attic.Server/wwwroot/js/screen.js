// Puts RGB565 pictures on the canvas: through WebGL2 with edges that stay sharp at any size, else through a 2D context.

const VERTEX = `#version 300 es
out vec2 at;
void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  at = vec2(corner.x, 1.0 - corner.y);
  gl_Position = vec4(corner * 2.0 - 1.0, 0.0, 1.0);
}`;

// Linear filtering, but only within one screen pixel of the edge between two samples.
const FRAGMENT = `#version 300 es
precision highp float;
uniform sampler2D picture;
uniform vec2 scale;
in vec2 at;
out vec4 colour;
void main() {
  vec2 size = vec2(textureSize(picture, 0));
  vec2 texel = at * size;
  vec2 edge = floor(texel + 0.5);
  vec2 sharp = edge + clamp((texel - edge) * scale, -0.5, 0.5);
  colour = vec4(texture(picture, sharp / size).rgb, 1.0);
}`;

class GlScreen {
  #canvas; #gl; #program; #scale; #width = 0; #height = 0;

  constructor(canvas, gl) {
    this.#canvas = canvas;
    this.#gl = gl;
    this.#prepare();
    canvas.addEventListener("webglcontextlost", (event) => event.preventDefault());
    canvas.addEventListener("webglcontextrestored", () => this.#prepare());
  }

  #prepare() {
    const gl = this.#gl;
    const program = this.#program = gl.createProgram();
    for (const [type, source] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]]) {
      const shader = gl.createShader(type);
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
    }
    gl.linkProgram(program);
    gl.useProgram(program);
    gl.bindVertexArray(gl.createVertexArray());
    this.#scale = gl.getUniformLocation(program, "scale");
    gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
    for (const side of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, side, gl.CLAMP_TO_EDGE);
    for (const filter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) gl.texParameteri(gl.TEXTURE_2D, filter, gl.LINEAR);
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 2);
    this.#width = this.#height = 0;
  }

  resize(width, height) {
    if (this.#canvas.width === width && this.#canvas.height === height) return false;
    this.#canvas.width = width;
    this.#canvas.height = height;
    return true;
  }

  draw(pixels, width, height) {
    const gl = this.#gl;
    if (gl.isContextLost()) return;
    if (width !== this.#width || height !== this.#height) {
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGB565, width, height, 0, gl.RGB, gl.UNSIGNED_SHORT_5_6_5, pixels);
      this.#width = width;
      this.#height = height;
    } else {
      gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, width, height, gl.RGB, gl.UNSIGNED_SHORT_5_6_5, pixels);
    }
    gl.viewport(0, 0, this.#canvas.width, this.#canvas.height);
    gl.uniform2f(this.#scale, Math.max(1, this.#canvas.width / width), Math.max(1, this.#canvas.height / height));
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
  }
}

class FlatScreen {
  #canvas; #context; #image = null;

  constructor(canvas, context) {
    this.#canvas = canvas;
    this.#context = context;
  }

  resize() { return false; } // the browser scales the canvas

  draw(pixels, width, height) {
    if (this.#image?.width !== width || this.#image.height !== height) {
      this.#canvas.width = width;
      this.#canvas.height = height;
      this.#image = this.#context.createImageData(width, height);
    }
    expand(pixels, this.#image.data);
    this.#context.putImageData(this.#image, 0, 0);
  }
}

/** RGB565 to RGBA, each channel spread over all eight bits. */
export function expand(pixels, rgba) {
  const words = new Uint32Array(rgba.buffer, rgba.byteOffset, pixels.length);
  for (let i = 0; i < pixels.length; i++) {
    const p = pixels[i];
    const r = p >> 11, g = (p >> 5) & 63, b = p & 31;
    words[i] = 0xff000000 | ((b << 3 | b >> 2) << 16) | ((g << 2 | g >> 4) << 8) | (r << 3 | r >> 2);
  }
}

export function makeScreen(canvas, flat = false) {
  const gl = flat ? null : canvas.getContext("webgl2", { alpha: false, antialias: false, depth: false, desynchronized: true });
  return gl ? new GlScreen(canvas, gl) : new FlatScreen(canvas, canvas.getContext("2d", { alpha: false }));
}
